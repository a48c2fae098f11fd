/**
 * Rolls Deployments out: one ReplicaSet per template. {@link dev.longshore.controllers.deployment.DeploymentPlan}
 * decides, {@link dev.longshore.controllers.deployment.DeploymentReconciler} does. Runs on tasks. Must not create pods.
 */
package dev.longshore.controllers.deployment;
