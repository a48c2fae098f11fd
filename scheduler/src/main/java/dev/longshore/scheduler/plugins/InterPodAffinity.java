package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerms;
import dev.longshore.scheduler.state.PodTraits;
import java.util.Set;
import java.util.stream.Stream;

/** Brings pods together and keeps them apart as they and the pods already placed wish (Kubernetes scheduler 1.32). */
final class InterPodAffinity implements DomainRule {
    static final String NAME = "InterPodAffinity";

    private final int weight;
    private final PluginArguments.PodAffinity arguments;

    InterPodAffinity(int weight, PluginArguments.PodAffinity arguments) {
        this.weight = weight;
        this.arguments = arguments;
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
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.NODE_REMOVED,
                ClusterChange.POD_PLACED, ClusterChange.POD_CHANGED, ClusterChange.ROOM_FREED);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        PodTraits waiting = refused.requirements().traits();
        return event.pods().isEmpty() || event.pods().stream().map(pod -> pod.requirements().traits())
                .anyMatch(traits -> concerns(waiting.terms(), traits, state)
                        || concerns(traits.terms(), waiting, state));
    }

    private static boolean concerns(PodTerms terms, PodTraits traits, ClusterState state) {
        return Stream.concat(terms.requiredAffinity().stream(), terms.requiredAntiAffinity().stream()).anyMatch(
                term -> term.selector().matches(traits, state.namespaces().labels(traits.namespace())));
    }

    @Override
    public DomainFilter filterFor(PodRequirements pod, ClusterState state) {
        return new AffinityFilter(pod, state);
    }

    @Override
    public DomainScore scoreFor(PodRequirements pod, ClusterState state) {
        return new AffinityScore(pod, state, arguments);
    }
}
