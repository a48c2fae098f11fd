package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.PodTerm;
import dev.longshore.scheduler.state.PodTerms;
import dev.longshore.scheduler.state.PodTraits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Preferences of the pod about placed pods, and of placed pods about it; there their required affinity counts like a
 * preference of weight 1. The node with the highest sum gets 100, the one with the lowest 0.
 */
final class AffinityScore implements DomainScore {
    private static final int REQUIRED_WEIGHT = 1;

    private final PodTraits pod;
    private final ClusterState state;
    private final SortedMap<String, DomainCounts> byKey = new TreeMap<>();
    private final GroupTally tally = new GroupTally(this::contributions);

    AffinityScore(PodRequirements requirements, ClusterState state) {
        this.pod = requirements.traits();
        this.state = state;
        PodTerms own = pod.terms();
        boolean prefers = !own.preferredAffinity().isEmpty() || !own.preferredAntiAffinity().isEmpty();
        tally.countAll(prefers ? state.groups().all() : state.groups().withTerms());
    }

    private List<GroupTally.Contribution> contributions(PodGroup group) {
        List<GroupTally.Contribution> contributions = new ArrayList<>();
        PodTraits other = group.traits();
        pod.terms().preferredAffinity().forEach(term -> add(term, term.weight(), other, contributions));
        pod.terms().preferredAntiAffinity().forEach(term -> add(term, -term.weight(), other, contributions));
        other.terms().requiredAffinity().forEach(term -> add(term, REQUIRED_WEIGHT, pod, contributions));
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
        tally.changed(slot, group, by);
    }

    @Override
    public void score(BitSet feasible, long[] normalised) {
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
            long sum = 0;
            for (DomainCounts counts : byKey.values()) {
                sum += counts.at(slot);
            }
            normalised[slot] = sum;
            lowest = Math.min(lowest, sum);
            highest = Math.max(highest, sum);
        }
        double range = highest - lowest;
        for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
            normalised[slot] = range > 0 ? (long) (100 * ((normalised[slot] - lowest) / range)) : 0;
        }
    }
}
