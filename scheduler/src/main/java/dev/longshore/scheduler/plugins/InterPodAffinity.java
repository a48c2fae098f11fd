package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Set;

/** Brings pods together and keeps them apart as they and the pods already placed wish (Kubernetes scheduler 1.32). */
final class InterPodAffinity implements DomainRule {
    static final String NAME = "InterPodAffinity";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.POD_PLACED,
                ClusterChange.ROOM_FREED);
    }

    @Override
    public DomainFilter filterFor(PodRequirements pod, ClusterState state) {
        return new AffinityFilter(pod, state);
    }

    @Override
    public DomainScore scoreFor(PodRequirements pod, ClusterState state) {
        return new AffinityScore(pod, state);
    }
}
