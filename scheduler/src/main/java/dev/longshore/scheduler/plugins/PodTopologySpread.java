package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Set;

/**
 * Spreads pods over the domains of a topology (Kubernetes scheduler 1.32). Required constraints refuse the domains that
 * already hold too many more pods than the emptiest; the others, and those of the cluster, make full domains less liked.
 */
final class PodTopologySpread implements DomainRule {
    static final String NAME = "PodTopologySpread";

    private final int weight;
    private final PluginArguments.Spread defaults;

    /** @param defaults what holds for pods without constraints of their own */
    PodTopologySpread(int weight, PluginArguments.Spread defaults) {
        this.weight = weight;
        this.defaults = defaults;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.NODE_TAINTS,
                ClusterChange.NODE_REMOVED, ClusterChange.POD_PLACED, ClusterChange.POD_CHANGED,
                ClusterChange.ROOM_FREED);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        String namespace = refused.requirements().traits().namespace();
        return event.pods().isEmpty() || event.pods().stream().map(pod -> pod.requirements().traits())
                .filter(traits -> traits.namespace().equals(namespace))
                .anyMatch(
                        traits -> refused.requirements().spread().isEmpty() || refused.requirements().spread().stream()
                                .anyMatch(constraint -> constraint.selector().matches(traits.labels())));
    }

    @Override
    public DomainFilter filterFor(PodRequirements pod, ClusterState state) {
        return new SpreadFilter(SpreadConstraints.required(pod, state, defaults));
    }

    @Override
    public DomainScore scoreFor(PodRequirements pod, ClusterState state) {
        return new SpreadScore(SpreadConstraints.preferred(pod, state, defaults));
    }
}
