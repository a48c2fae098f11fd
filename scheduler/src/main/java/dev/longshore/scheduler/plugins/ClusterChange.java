package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.NodeChange;

/** A change of the cluster, as far as it may help a pod that waits. */
public enum ClusterChange {
    NODE_ADDED, NODE_REMOVED, NODE_ALLOCATABLE, NODE_LABELS, NODE_TAINTS, NODE_CORDON,
    /** A pod has come to a node, or counts there otherwise than before. */
    POD_PLACED,
    /** A pod left its node, or a placement that was assumed did not come true. */
    ROOM_FREED;

    public static ClusterChange of(NodeChange change) {
        return switch (change) {
            case ADDED -> NODE_ADDED;
            case ALLOCATABLE -> NODE_ALLOCATABLE;
            case LABELS -> NODE_LABELS;
            case TAINTS -> NODE_TAINTS;
            case CORDON -> NODE_CORDON;
        };
    }
}
