package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.StorageFacts;
import java.util.List;
import java.util.Optional;

/**
 * A change of the cluster and what it is about, so that a rule can say which waiting pods it cannot help.
 *
 * @param slot the node concerned; {@link #NO_SLOT} for none, or one that is not known
 * @param pods the pod concerned, as it was and as it is; empty for none
 * @param storage the object about storage concerned; empty for none
 */
public record ClusterEvent(ClusterChange change, int slot, List<PodInfo> pods, Optional<StorageFacts> storage) {
    public static final int NO_SLOT = -1;

    public ClusterEvent {
        pods = List.copyOf(pods);
    }

    public ClusterEvent(ClusterChange change, int slot, List<PodInfo> pods) {
        this(change, slot, pods, Optional.empty());
    }

    public static ClusterEvent ofStorage(StorageFacts facts) {
        return new ClusterEvent(ClusterChange.of(facts), NO_SLOT, List.of(), Optional.of(facts));
    }

    public static ClusterEvent ofNode(ClusterChange change, int slot) {
        return new ClusterEvent(change, slot, List.of());
    }
}
