package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.NodeChange;
import dev.longshore.scheduler.volumes.AttachmentFacts;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.DriverFacts;
import dev.longshore.scheduler.volumes.NodeDriverFacts;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;

/** A change of the cluster, as far as it may help a pod that waits. */
public enum ClusterChange {
    NODE_ADDED, NODE_REMOVED, NODE_ALLOCATABLE, NODE_LABELS, NODE_TAINTS, NODE_CORDON,
    /** A pod has come to a node. */
    POD_PLACED,
    /** A pod on a node counts otherwise than before. */
    POD_CHANGED,
    /** A pod left its node or takes less of it, or one that waited for its room does so no longer. */
    ROOM_FREED,
    /** Of these objects one has come, is gone or is another: claims, volumes, what claims are served by. */
    CLAIM, VOLUME, STORAGE_CLASS, NODE_DRIVERS, STORAGE_DRIVER, STORAGE_ROOM, ATTACHMENT;

    public static ClusterChange of(StorageFacts facts) {
        return switch (facts) {
            case ClaimFacts _ -> CLAIM;
            case VolumeFacts _ -> VOLUME;
            case ClassFacts _ -> STORAGE_CLASS;
            case NodeDriverFacts _ -> NODE_DRIVERS;
            case DriverFacts _ -> STORAGE_DRIVER;
            case RoomFacts _ -> STORAGE_ROOM;
            case AttachmentFacts _ -> ATTACHMENT;
        };
    }

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
