package dev.longshore.scheduler.plugins;

import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.SpreadConstraint;
import dev.longshore.scheduler.state.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The spread constraints that hold for a pod, each with the pods counted per domain. */
final class SpreadConstraints {
    static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int HOSTNAME_SKEW = 3;
    private static final int ZONE_SKEW = 5;

    private final PodRequirements pod;
    private final ClusterState state;
    private final List<Counted> counted = new ArrayList<>();
    private final BitSet complete;
    private final GroupTally tally = new GroupTally(this::contributions);

    /** A constraint, the pods it counts in each domain, and the domains that have nodes which count. */
    record Counted(SpreadConstraint constraint, DomainCounts counts, BitSet domains) {}

    /** @param needAllKeys whether nodes that lack one of the topology keys do not count at all */
    private SpreadConstraints(PodRequirements pod, ClusterState state, List<SpreadConstraint> constraints,
            boolean needAllKeys) {
        this.pod = pod;
        this.state = state;
        this.complete = (BitSet) state.present().clone();
        if (needAllKeys) {
            constraints.forEach(constraint -> complete.and(state.labels().having(constraint.topologyKey())));
        }
        constraints.forEach(constraint -> {
            BitSet nodes = nodes(constraint);
            Topology topology = topology(constraint);
            counted.add(new Counted(constraint, new DomainCounts(topology, nodes), topology.domainsOf(nodes)));
        });
        if (!counted.isEmpty()) {
            tally.countAll(state.groups().all());
        }
    }

    /** Those that nodes may not break. */
    static SpreadConstraints required(PodRequirements pod, ClusterState state) {
        return new SpreadConstraints(pod, state,
                pod.spread().stream().filter(SpreadConstraint::required).toList(), true);
    }

    /** Those that nodes should not break; for a pod without any of its own, the cluster's. */
    static SpreadConstraints preferred(PodRequirements pod, ClusterState state) {
        return pod.spread().isEmpty()
                ? new SpreadConstraints(pod, state, defaults(pod, state), false)
                : new SpreadConstraints(pod, state,
                        pod.spread().stream().filter(constraint -> !constraint.required()).toList(), true);
    }

    /** Kubernetes scheduler 1.32, system default constraints; for pods of Services and controllers. */
    private static List<SpreadConstraint> defaults(PodRequirements pod, ClusterState state) {
        return state.workloads().selectorOf(pod.traits(), pod.owner())
                .map(selector -> List.of(softly(HOSTNAME_SKEW, HOSTNAME, selector), softly(ZONE_SKEW, ZONE, selector)))
                .orElse(List.of());
    }

    private static SpreadConstraint softly(int maxSkew, String key, Selector selector) {
        return new SpreadConstraint(maxSkew, key, false, selector, 1, true, false);
    }

    /** A preference about hostnames counts by node, whatever the labels say (Kubernetes scheduler 1.32). */
    private Topology topology(SpreadConstraint constraint) {
        return !constraint.required() && constraint.topologyKey().equals(HOSTNAME)
                ? state.nodesApart(HOSTNAME)
                : state.topology(constraint.topologyKey());
    }

    private BitSet nodes(SpreadConstraint constraint) {
        BitSet nodes = (BitSet) complete.clone();
        if (constraint.honorAffinity()) {
            nodes.and(NodeAffinity.wanted(pod, state));
        }
        if (constraint.honorTaints()) {
            nodes.andNot(TaintToleration.repelling(pod, state));
        }
        return nodes;
    }

    /** A selector that takes everything counts nothing, and neither do pods that are leaving (Kubernetes 1.32). */
    private List<GroupTally.Contribution> contributions(PodGroup group) {
        if (group.leaving() || !group.traits().namespace().equals(pod.traits().namespace())) {
            return List.of();
        }
        return counted.stream()
                .filter(each -> !each.constraint.selector().isEverything()
                        && each.constraint.selector().matches(group.traits().labels()))
                .map(each -> new GroupTally.Contribution(each.counts, 1)).toList();
    }

    void changed(int slot, PodGroup group, int by) {
        if (!counted.isEmpty()) {
            tally.changed(slot, group, by);
        }
    }

    List<Counted> all() {
        return counted;
    }

    /** The nodes that have all topology keys, where that is needed to count. */
    BitSet complete() {
        return complete;
    }
}
