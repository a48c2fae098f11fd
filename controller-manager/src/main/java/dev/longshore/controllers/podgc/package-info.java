/**
 * Deletes pods that nobody else will: {@link dev.longshore.controllers.podgc.PodGcPlan} decides,
 * {@link dev.longshore.controllers.podgc.PodGcReconciler} does, every 20 s. Runs on tasks.
 */
package dev.longshore.controllers.podgc;
