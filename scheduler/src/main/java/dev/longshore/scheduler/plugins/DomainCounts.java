package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;

/** A number for each domain of a topology, and the nodes of the domains where it is positive. */
final class DomainCounts {
    private final Topology topology;
    private final BitSet counted;
    private final double[] sums;
    private final BitSet occupied = new BitSet();
    private long hits;

    /** @param counted the nodes whose pods count; read only, not copied */
    DomainCounts(Topology topology, BitSet counted) {
        this.topology = topology;
        this.counted = counted;
        this.sums = new double[topology.bound()];
    }

    /** A pod came to the slot, or left it; {@code hit} is 1 or -1, {@code amount} what it adds to the domain. */
    void add(int slot, long amount, int hit) {
        int domain = topology.domain(slot);
        if (domain != Topology.NONE && counted.get(slot)) {
            double before = sums[domain];
            sums[domain] = before + amount;
            hits += hit;
            if (before <= 0 && sums[domain] > 0) {
                topology.addMembers(domain, occupied);
            } else if (before > 0 && sums[domain] <= 0) {
                topology.removeMembers(domain, occupied);
            }
        }
    }

    Topology topology() {
        return topology;
    }

    /** By domain; 0 for the nodes that are in none. Do not modify. */
    double[] sums() {
        return sums;
    }

    /** The nodes in domains with a positive number. Do not modify. */
    BitSet occupied() {
        return occupied;
    }

    /** How many pods have been counted, whatever they add up to. */
    long hits() {
        return hits;
    }
}
