/**
 * Keeps as many pods as each ReplicaSet asks for. {@link dev.longshore.controllers.replicaset.ReplicaSetPlan} decides,
 * {@link dev.longshore.controllers.replicaset.ReplicaSetReconciler} does. Runs on tasks. Must not know Deployments.
 */
package dev.longshore.controllers.replicaset;
