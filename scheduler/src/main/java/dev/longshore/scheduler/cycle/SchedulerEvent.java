package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;

/** What the scheduler is told. */
public sealed interface SchedulerEvent {
    /** A node exists and is like this. */
    record NodeSeen(NodeFacts node) implements SchedulerEvent {}

    record NodeGone(String name) implements SchedulerEvent {}

    /** A pod exists and is like this, whoever schedules it. */
    record PodSeen(PodInfo pod) implements SchedulerEvent {}

    record PodGone(String uid) implements SchedulerEvent {}

    /** Another object exists and is like this. */
    record ObjectSeen(ClusterObject object) implements SchedulerEvent {}

    record ObjectGone(ClusterObject object) implements SchedulerEvent {}

    /** The API server has bound the pod as intended. */
    record BindSucceeded(String uid) implements SchedulerEvent {}

    /** The pod is not bound to the node intended, and will not come to be by this intent. */
    record BindFailed(String uid, String cause) implements SchedulerEvent {}

    /** What is planned for the pod's claims stands in the objects. */
    record VolumesWritten(String uid) implements SchedulerEvent {}

    /** It does not, or not all of it. */
    record VolumesFailed(String uid, String cause) implements SchedulerEvent {}

    /** A victim is deleted, or was gone already; or else it is not and will not be by this intent. */
    record EvictionEnded(String uid, boolean evicted) implements SchedulerEvent {}

    /** Whether this scheduler is the one that places pods; while it is not, it only keeps up. */
    record LeadershipChanged(boolean leading) implements SchedulerEvent {}
}
