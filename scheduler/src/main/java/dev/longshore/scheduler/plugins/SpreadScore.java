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
    private double[] sums = new double[0];

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
    public void score(BitSet feasible, long[] normalised) {
        scored.clear();
        scored.or(feasible);
        scored.and(constraints.complete());
        sum(feasible.length());
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (int slot = scored.nextSetBit(0); slot >= 0; slot = scored.nextSetBit(slot + 1)) {
            normalised[slot] = Math.round(sums[slot]);
            fewest = Math.min(fewest, normalised[slot]);
            most = Math.max(most, normalised[slot]);
        }
        for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
            if (!scored.get(slot)) {
                normalised[slot] = 0;
            } else {
                normalised[slot] = most == 0 ? 100 : 100 * (most + fewest - normalised[slot]) / most;
            }
        }
    }

    private void sum(int slots) {
        if (slots > sums.length) {
            sums = new double[Math.max(slots, sums.length * 2)];
        }
        Arrays.fill(sums, 0, slots, 0);
        for (SpreadConstraints.Counted each : constraints.all()) {
            add(each);
        }
    }

    private void add(SpreadConstraints.Counted each) {
        boolean byNode = each.constraint().topologyKey().equals(SpreadConstraints.HOSTNAME);
        Topology topology = each.counts().topology();
        double weight = Math.log((byNode ? scored.cardinality() : domains(topology)) + 2.0);
        int skew = each.constraint().maxSkew() - 1;
        for (int slot = scored.nextSetBit(0); slot >= 0; slot = scored.nextSetBit(slot + 1)) {
            if (each.counts().has(slot)) {
                sums[slot] += each.counts().at(slot) * weight + skew;
            }
        }
    }

    /** Nodes without the label make up one domain together. */
    private int domains(Topology topology) {
        BitSet domains = topology.domainsOf(scored);
        boolean withoutLabel = scored.stream().anyMatch(slot -> topology.domain(slot) == Topology.NONE);
        return domains.cardinality() + (withoutLabel ? 1 : 0);
    }
}
