/**
 * Notices nodes that have gone silent and keeps pods off nodes in trouble.
 * {@link dev.longshore.controllers.nodelifecycle.NodeLifecyclePlan} decides,
 * {@link dev.longshore.controllers.nodelifecycle.NodeLifecycleReconciler} does. Runs on tasks. Evicting pods is the
 * business of {@code tainteviction}.
 */
package dev.longshore.controllers.nodelifecycle;
