package dev.longshore.scheduler.queue;

import dev.longshore.scheduler.plugins.ClusterChange;

/** Why a pod comes to a place of the queue, under the labels of Kubernetes' metrics (Kubernetes scheduler 1.32). */
public enum QueueEvent {
    POD_ADDED("UnschedulablePodAdd"), POD_UPDATED("UnschedulablePodUpdate"),
    ATTEMPT_FAILED("ScheduleAttemptFailure"), BACK_OFF_ENDED("BackoffComplete"),
    WAITED_LONG("UnschedulableTimeout"),
    /** Nothing changed in the cluster, but a plan for the pod is void. */
    ACTIVATED("ForceActivate"),
    NODE_ADDED("NodeAdd"), NODE_REMOVED("NodeDelete"), NODE_ALLOCATABLE("NodeUpdateNodeAllocatable"),
    NODE_LABELS("NodeUpdateNodeLabel"),
    /** Cordoning is a taint, too. */
    NODE_TAINTS("NodeUpdateNodeTaint"),
    POD_PLACED("AssignedPodAdd"), POD_CHANGED("AssignedPodUpdate"), ROOM_FREED("AssignedPodDelete"),
    /** Of storage it is not told apart what happened to the object. */
    CLAIM("PersistentVolumeClaimAll"), VOLUME("PersistentVolumeAll"),
    STORAGE_CLASS("storage.k8s.io/StorageClassAll"), NODE_DRIVERS("storage.k8s.io/CSINodeAll"),
    STORAGE_DRIVER("storage.k8s.io/CSIDriverAll"), STORAGE_ROOM("storage.k8s.io/CSIStorageCapacityAll"),
    ATTACHMENT("storage.k8s.io/VolumeAttachmentAll");

    private final String label;

    QueueEvent(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static QueueEvent of(ClusterChange change) {
        return switch (change) {
            case NODE_ADDED -> NODE_ADDED;
            case NODE_REMOVED -> NODE_REMOVED;
            case NODE_ALLOCATABLE -> NODE_ALLOCATABLE;
            case NODE_LABELS -> NODE_LABELS;
            case NODE_TAINTS, NODE_CORDON -> NODE_TAINTS;
            case POD_PLACED -> POD_PLACED;
            case POD_CHANGED -> POD_CHANGED;
            case ROOM_FREED -> ROOM_FREED;
            case CLAIM -> CLAIM;
            case VOLUME -> VOLUME;
            case STORAGE_CLASS -> STORAGE_CLASS;
            case NODE_DRIVERS -> NODE_DRIVERS;
            case STORAGE_DRIVER -> STORAGE_DRIVER;
            case STORAGE_ROOM -> STORAGE_ROOM;
            case ATTACHMENT -> ATTACHMENT;
        };
    }
}
