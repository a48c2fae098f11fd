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
    private final List<DomainCounts> counts = new ArrayList<>();
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
            into.add(new GroupTally.Contribution(byKey.computeIfAbsent(term.topologyKey(), this::counts), weight));
        }
    }

    private DomainCounts counts(String topologyKey) {
        DomainCounts made = new DomainCounts(state.topology(topologyKey), state.present());
        counts.add(made);
        return made;
    }

    @Override
    public List<DomainCounts> counts() {
        return counts;
    }

    @Override
    public boolean idle() {
        return DomainCounts.noHits(counts);
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
        for (DomainCounts each : counts) {
            double[] sums = each.sums();
            int[] domainOf = each.topology().domains();
            for (int slot = 0; slot < slots; slot++) {
                normalised[slot] += sums[domainOf[slot]];
            }
        }
        Extremes extremes = Extremes.of(feasible, normalised, slots);
        normalise(normalised, slots, extremes);
    }

    private static void normalise(double[] values, int length, Extremes extremes) {
        double lowest = extremes.lowest();
        double range = Math.max(1, extremes.highest() - lowest);
        for (int i = 0; i < length; i++) {
            values[i] = Math.floor(100 * ((values[i] - lowest) / range));
        }
    }

    @Override
    public void score(NodeSample feasible, double[] normalised) {
        int size = feasible.size();
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int number = 0; number < counts.size(); number++) {
                sum += counts.get(number).sumAt(feasible.slot(i));
            }
            normalised[i] = sum;
            lowest = Math.min(lowest, sum);
            highest = Math.max(highest, sum);
        }
        normalise(normalised, size, new Extremes(lowest, highest));
    }
}
