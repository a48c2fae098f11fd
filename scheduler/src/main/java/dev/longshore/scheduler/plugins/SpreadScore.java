package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Likes domains the more the fewer pods they hold. A node's sum is, over the constraints, pods x ln(domains + 2) + skew
 * - 1, rounded; the emptiest gets 100 (Kubernetes scheduler 1.32). A hostname is a domain of its own for each node, so
 * there the number of nodes is the number of domains.
 */
final class SpreadScore implements DomainScore {
    private final SpreadConstraints constraints;
    /** Slots in a pass over nodes, domains in one over a sample. */
    private final BitSet scored = new BitSet();
    private double[] ofDomains = {};

    SpreadScore(SpreadConstraints constraints) {
        this.constraints = constraints;
    }

    @Override
    public boolean idle() {
        return constraints.all().isEmpty();
    }

    @Override
    public void changed(int slot, PodGroup group, int by) {
        constraints.changed(slot, group, by);
    }

    @Override
    public List<DomainCounts> counts() {
        return constraints.counts();
    }

    @Override
    public void score(BitSet feasible, double[] normalised) {
        scored.clear();
        scored.or(feasible);
        scored.and(constraints.complete());
        int slots = feasible.length();
        Arrays.fill(normalised, 0, slots, 0);
        for (SpreadConstraints.Counted each : constraints.all()) {
            add(each, slots, normalised);
        }
        round(normalised, slots);
        normalise(normalised, slots, Extremes.of(scored, normalised, slots));
        for (int slot = scored.nextClearBit(0); slot < slots; slot = scored.nextClearBit(slot + 1)) {
            normalised[slot] = 0;
        }
    }

    private static void round(double[] sums, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] = Math.floor(sums[i] + 0.5);
        }
    }

    private static void normalise(double[] sums, int length, Extremes extremes) {
        double most = extremes.highest();
        double both = most + extremes.lowest();
        for (int i = 0; i < length; i++) {
            sums[i] = most == 0 ? 100 : Math.floor(100 * (both - sums[i]) / most);
        }
    }

    private void add(SpreadConstraints.Counted each, int slots, double[] sums) {
        Topology topology = each.counts().topology();
        double weight = weight(each.byNode() ? scored.cardinality() : topology.valuesOf(scored));
        double skew = each.constraint().maxSkew() - 1;
        double[] counts = each.counts().sums();
        if (ofDomains.length < counts.length) {
            ofDomains = new double[counts.length];
        }
        for (int domain = 0; domain < counts.length; domain++) {
            ofDomains[domain] = counts[domain] * weight + skew;
        }
        ofDomains[Topology.NONE] = 0;
        int[] domainOf = topology.domains();
        for (int slot = 0; slot < slots; slot++) {
            sums[slot] += ofDomains[domainOf[slot]];
        }
    }

    private static double weight(int domains) {
        return Math.log(domains + 2.0);
    }

    @Override
    public void score(NodeSample feasible, double[] normalised) {
        int size = feasible.size();
        Arrays.fill(normalised, 0, size, 0);
        List<SpreadConstraints.Counted> all = constraints.all();
        for (int i = 0; i < all.size(); i++) {
            add(all.get(i), feasible, normalised);
        }
        round(normalised, size);
        normalise(normalised, size, extremes(feasible, normalised));
        for (int i = 0; i < size; i++) {
            if (!isScored(feasible, i)) {
                normalised[i] = 0;
            }
        }
    }

    private void add(SpreadConstraints.Counted each, NodeSample feasible, double[] sums) {
        double weight = weight(each.byNode() ? scoredNodes(feasible) : scoredDomains(feasible, each));
        double skew = each.constraint().maxSkew() - 1;
        for (int i = 0; i < feasible.size(); i++) {
            if (each.counts().topology().domain(feasible.slot(i)) != Topology.NONE) {
                sums[i] += each.counts().sumAt(feasible.slot(i)) * weight + skew;
            }
        }
    }

    private boolean isScored(NodeSample feasible, int index) {
        return constraints.complete().get(feasible.slot(index));
    }

    private int scoredNodes(NodeSample feasible) {
        int nodes = 0;
        for (int i = 0; i < feasible.size(); i++) {
            nodes += isScored(feasible, i) ? feasible.nodes(i) : 0;
        }
        return nodes;
    }

    /** As {@link Topology#valuesOf}: those without the label are one domain together. */
    private int scoredDomains(NodeSample feasible, SpreadConstraints.Counted each) {
        scored.clear();
        for (int i = 0; i < feasible.size(); i++) {
            if (isScored(feasible, i)) {
                scored.set(each.counts().topology().domain(feasible.slot(i)));
            }
        }
        return scored.cardinality();
    }

    private Extremes extremes(NodeSample feasible, double[] sums) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (int i = 0; i < feasible.size(); i++) {
            if (isScored(feasible, i)) {
                lowest = Math.min(lowest, sums[i]);
                highest = Math.max(highest, sums[i]);
            }
        }
        return new Extremes(lowest, highest);
    }
}
