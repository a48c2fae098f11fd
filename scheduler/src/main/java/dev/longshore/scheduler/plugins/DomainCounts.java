package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;

/** A number for each domain of a topology. */
final class DomainCounts {
    private final Topology topology;
    private final BitSet counted;
    private final long[] sums;
    private long hits;

    /** @param counted the nodes whose pods count; read only, not copied */
    DomainCounts(Topology topology, BitSet counted) {
        this.topology = topology;
        this.counted = counted;
        this.sums = new long[topology.count()];
    }

    /** A pod came to the slot, or left it; {@code hits} is 1 or -1, {@code amount} what it adds to the domain. */
    void add(int slot, long amount, int hit) {
        if (counted.get(slot) && topology.domain(slot) != Topology.NONE) {
            sums[topology.domain(slot)] += amount;
            hits += hit;
        }
    }

    Topology topology() {
        return topology;
    }

    /** The number of the node's domain; 0 for a node that is in none. */
    long at(int slot) {
        int domain = topology.domain(slot);
        return domain == Topology.NONE ? 0 : sums[domain];
    }

    long ofDomain(int domain) {
        return sums[domain];
    }

    /** Whether the node is in a domain. */
    boolean has(int slot) {
        return topology.domain(slot) != Topology.NONE;
    }

    /** How many pods have been counted, whatever they add up to. */
    long hits() {
        return hits;
    }
}
