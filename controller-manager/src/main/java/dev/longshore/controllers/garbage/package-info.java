/**
 * Deletes what nobody owns any more, and lets owners wait for or let go of what they own.
 * {@link dev.longshore.controllers.garbage.GarbagePlan} decides, {@link
 * dev.longshore.controllers.garbage.GarbageReconciler} does. Works over every resource of the API. Runs on tasks.
 */
package dev.longshore.controllers.garbage;
