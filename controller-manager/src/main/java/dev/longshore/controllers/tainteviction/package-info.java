/**
 * Deletes pods that do not tolerate a NoExecute taint of their node, or not for ever.
 * {@link dev.longshore.controllers.tainteviction.TaintEvictionPlan} decides,
 * {@link dev.longshore.controllers.tainteviction.TaintEvictionReconciler} does. Runs on tasks.
 */
package dev.longshore.controllers.tainteviction;
