/**
 * Deletes old events: {@link dev.longshore.controllers.eventttl.EventTtlReconciler}. Runs on tasks.
 */
package dev.longshore.controllers.eventttl;
