package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.PodTerms;
import dev.longshore.scheduler.state.PodTraits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Preferences of the pod about placed pods, and of placed pods about it; there their required affinity counts like a
 * preference, by default of weight 1. The node with the highest sum gets 100, the one with the lowest 0.
 */
final class AffinityScore implements DomainScore {
    private final PodTraits pod;
    private final ClusterState state;
    private final int requiredWeight;
    private final SortedMap<String, DomainCounts> byKey = new TreeMap<>();
    private final GroupTally tally = new GroupTally(this::contributions);
    private final boolean silent;

    AffinityScore(PodRequirements requirements, ClusterState state, PluginArguments.PodAffinity arguments) {
        this.pod = requirements.traits();
        this.state = state;
        this.requiredWeight = arguments.requiredWeight();
        PodTerms own = pod.terms();
        boolean prefers = !own.preferredAffinity().isEmpty() || !own.preferredAntiAffinity().isEmpty();
        silent = arguments.ownWishesOnly() && !prefers;
        if (!silent) {
            tally.countAll(prefers ? state.groups().all() : state.groups().withTerms());
        }
    }

    private List<GroupTally.Contribution> contributions(PodGroup group) {
        List<GroupTally.Contribution> contributions = new ArrayList<>();
        PodTraits other = group.traits();
        pod.terms().preferredAffinity().forEach(term -> add(term, term.weight(), other, contributions));
        pod.terms().preferredAntiAffinity().forEach(term -> add(term, -term.weight(), other, contributions));
        if (requiredWeight > 0) {
            other.terms().requiredAffinity().forEach(term -> add(term, requiredWeight, pod, contributions));
        }
        other.terms().preferredAffinity().forEach(term -> add(term, term.weight(), pod, contributions));
        other.terms().preferredAntiAffinity().forEach(term -> add(term, -term.weight(), pod, contributions));
        return List.copyOf(contributions);
    }

    private void add(PodTerm term, int weight, PodTraits about, List<GroupTally.Contribution> into) {
        if (term.selector().matches(about, state.namespaces().labels(about.namespace()))) {
            into.add(new GroupTally.Contribution(byKey.computeIfAbsent(term.topologyKey(),
                    key -> new DomainCounts(state.topology(key), state.present())), weight));
        }
    }

    @Override
    public boolean idle() {
        return byKey.values().stream().allMatch(counts -> counts.hits() == 0);
    }

    @Override
    public void changed(int slot, PodGroup group, int by) {
        if (!silent) {
            tally.changed(slot, group, by);
        }
    }

    @Override
    public void score(BitSet feasible, double[] normalised) {
        int slots = feasible.length();
        Arrays.fill(normalised, 0, slots, 0);
        for (DomainCounts counts : byKey.values()) {
            double[] sums = counts.sums();
            int[] domainOf = counts.topology().domains();
            for (int slot = 0; slot < slots; slot++) {
                normalised[slot] += sums[domainOf[slot]];
            }
        }
        Extremes extremes = Extremes.of(feasible, normalised, slots);
        double lowest = extremes.lowest();
        double range = Math.max(1, extremes.highest() - lowest);
        for (int slot = 0; slot < slots; slot++) {
            normalised[slot] = Math.floor(100 * ((normalised[slot] - lowest) / range));
        }
    }
}
