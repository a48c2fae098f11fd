package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.Topology;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Likes domains the more the fewer pods they hold. A node's sum is, over the constraints, pods x ln(domains + 2) + skew
 * - 1, rounded; the emptiest gets 100 (Kubernetes scheduler 1.32). A hostname is a domain of its own for each node, so
 * there the number of nodes is the number of domains.
 */
final class SpreadScore implements DomainScore {
    private final SpreadConstraints constraints;
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
    public void score(BitSet feasible, double[] normalised) {
        scored.clear();
        scored.or(feasible);
        scored.and(constraints.complete());
        int slots = feasible.length();
        Arrays.fill(normalised, 0, slots, 0);
        for (SpreadConstraints.Counted each : constraints.all()) {
            add(each, slots, normalised);
        }
        for (int slot = 0; slot < slots; slot++) {
            normalised[slot] = Math.floor(normalised[slot] + 0.5);
        }
        Extremes extremes = Extremes.of(scored, normalised, slots);
        double most = extremes.highest();
        double both = most + extremes.lowest();
        for (int slot = 0; slot < slots; slot++) {
            normalised[slot] = most == 0 ? 100 : Math.floor(100 * (both - normalised[slot]) / most);
        }
        for (int slot = scored.nextClearBit(0); slot < slots; slot = scored.nextClearBit(slot + 1)) {
            normalised[slot] = 0;
        }
    }

    private void add(SpreadConstraints.Counted each, int slots, double[] sums) {
        boolean byNode = each.constraint().topologyKey().equals(SpreadConstraints.HOSTNAME);
        Topology topology = each.counts().topology();
        double weight = Math.log((byNode ? scored.cardinality() : topology.valuesOf(scored)) + 2.0);
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
}
