package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;

/** One step of a rollout. */
sealed interface DeploymentAction {
    record Adopt(ReplicaSet set) implements DeploymentAction {}

    record Release(ReplicaSet set) implements DeploymentAction {}

    /** Makes the set of the present template. */
    record CreateSet(ReplicaSet set) implements DeploymentAction {}

    /** @param before as the cache shows it */
    record UpdateSet(ReplicaSet before, ReplicaSet after) implements DeploymentAction {}

    /** Removes an old set beyond the history limit. */
    record DeleteSet(ReplicaSet set) implements DeploymentAction {}

    /** Writes the revision annotation. */
    record UpdateDeployment(Deployment after) implements DeploymentAction {}

    record WriteStatus(DeploymentStatus status) implements DeploymentAction {}
}
