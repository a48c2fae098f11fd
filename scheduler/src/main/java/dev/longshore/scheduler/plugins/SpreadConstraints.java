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
    private final List<DomainCounts> counts = new ArrayList<>();
    private final BitSet complete;
    private final GroupTally tally = new GroupTally(this::contributions);

    /**
     * A constraint, and the pods it counts in each domain. Compared are the domains that have nodes which count.
     *
     * @param enoughDomains whether these are as many as the constraint wants
     * @param countsItself  whether the pod will be counted where it goes
     */
    record Counted(SpreadConstraint constraint, DomainCounts counts, boolean enoughDomains, boolean countsItself) {
        boolean byNode() {
            return SpreadConstraints.byNode(constraint);
        }
    }

    /** @param needAllKeys whether nodes that lack one of the topology keys do not count at all */
    private SpreadConstraints(PodRequirements pod, ClusterState state, List<SpreadConstraint> constraints,
            boolean needAllKeys) {
        this.pod = pod;
        this.state = state;
        this.complete = (BitSet) state.present().clone();
        if (needAllKeys) {
            constraints.forEach(constraint -> complete.and(state.labels().having(constraint.topologyKey())));
        }
        constraints.forEach(constraint -> counted.add(counted(constraint)));
        counted.forEach(each -> counts.add(each.counts));
        if (!counted.isEmpty()) {
            tally.countAll(state.groups().all());
        }
    }

    private Counted counted(SpreadConstraint constraint) {
        BitSet nodes = nodes(constraint);
        Topology topology = topology(constraint);
        BitSet domains = topology.domainsOf(nodes);
        boolean countsDomains = !constraint.required() && !byNode(constraint);
        return new Counted(constraint, new DomainCounts(topology, nodes, domains, countsDomains),
                domains.cardinality() >= constraint.minDomains(),
                constraint.selector().matches(pod.traits().labels()));
    }

    /** Those that nodes may not break; for a pod without any of its own, the profile's. */
    static SpreadConstraints required(PodRequirements pod, ClusterState state, PluginArguments.Spread defaults) {
        List<SpreadConstraint> holding = usesSystemDefaults(pod, defaults)
                ? List.of()
                : holding(pod, state, defaults, true);
        return new SpreadConstraints(pod, state, holding, true);
    }

    /** As {@link #required}, those that nodes should not break. Those of the system ask for no label of a node. */
    static SpreadConstraints preferred(PodRequirements pod, ClusterState state, PluginArguments.Spread defaults) {
        return new SpreadConstraints(pod, state, holding(pod, state, defaults, false),
                !usesSystemDefaults(pod, defaults));
    }

    /** Those are all preferences. */
    private static boolean usesSystemDefaults(PodRequirements pod, PluginArguments.Spread defaults) {
        return pod.spread().isEmpty() && defaults instanceof PluginArguments.Spread.OfSystem;
    }

    private static List<SpreadConstraint> holding(PodRequirements pod, ClusterState state,
            PluginArguments.Spread defaults, boolean required) {
        List<SpreadConstraint> all = pod.spread().isEmpty() ? defaults(pod, state, defaults) : pod.spread();
        return all.stream().filter(constraint -> constraint.required() == required).toList();
    }

    /** For pods of Services and controllers. */
    private static List<SpreadConstraint> defaults(PodRequirements pod, ClusterState state,
            PluginArguments.Spread defaults) {
        return state.workloads().selectorOf(pod.traits(), pod.owner()).map(selector -> switch (defaults) {
            case PluginArguments.Spread.OfSystem() ->
                List.of(softly(HOSTNAME_SKEW, HOSTNAME, selector), softly(ZONE_SKEW, ZONE, selector));
            case PluginArguments.Spread.OfList(var constraints) ->
                constraints.stream().map(constraint -> constraint.selecting(selector)).toList();
        }).orElse(List.of());
    }

    /** Kubernetes scheduler 1.32, system default constraints. */
    private static SpreadConstraint softly(int maxSkew, String key, Selector selector) {
        return new SpreadConstraint(maxSkew, key, false, selector, 1, true, false);
    }

    /** A preference about hostnames counts by node, whatever labels and policies say (Kubernetes scheduler 1.32). */
    private static boolean byNode(SpreadConstraint constraint) {
        return !constraint.required() && constraint.topologyKey().equals(HOSTNAME);
    }

    private Topology topology(SpreadConstraint constraint) {
        return byNode(constraint)
                ? state.nodesApart(HOSTNAME)
                : state.topology(constraint.topologyKey());
    }

    private BitSet nodes(SpreadConstraint constraint) {
        BitSet nodes = (BitSet) complete.clone();
        if (byNode(constraint)) {
            return nodes;
        }
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

    List<DomainCounts> counts() {
        return counts;
    }

    /** The nodes that have all topology keys, where that is needed to count. */
    BitSet complete() {
        return complete;
    }
}
