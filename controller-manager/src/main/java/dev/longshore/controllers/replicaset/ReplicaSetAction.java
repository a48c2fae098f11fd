package dev.longshore.controllers.replicaset;

import dev.longshore.api.apps.v1.ReplicaSetStatus;
import dev.longshore.api.core.v1.Pod;

/** One step towards the wanted number of pods. */
sealed interface ReplicaSetAction {
    /** Become the controller of a pod that matches and has none. */
    record Adopt(Pod pod) implements ReplicaSetAction {}

    /** Let go of a pod that matches no more. */
    record Release(Pod pod) implements ReplicaSetAction {}

    record CreatePods(int count) implements ReplicaSetAction {}

    record DeletePod(Pod pod) implements ReplicaSetAction {}

    /** @param status without the outcome of this plan's own creates and deletes: it shows what was seen */
    record WriteStatus(ReplicaSetStatus status) implements ReplicaSetAction {}
}
