package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;

/** Asks of the pods on a node only how much they take of it. */
public interface RoomRule extends FilterRule {
    /** Whether the rule accepts the node in this slot; as {@link #filter} says, where few nodes are asked about. */
    boolean hasRoom(PodRequirements pod, ClusterState state, int slot);
}
