package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;

/** A number for each domain of a topology, or for each node that is in one. */
final class DomainCounts {
    private final Topology topology;
    private final BitSet counted;
    private final boolean byNode;
    private final long[] sums;
    private long hits;

    /** @param counted the nodes whose pods count; read only, not copied */
    DomainCounts(Topology topology, BitSet counted) {
        this(topology, counted, false, topology.count());
    }

    private DomainCounts(Topology topology, BitSet counted, boolean byNode, int length) {
        this.topology = topology;
        this.counted = counted;
        this.byNode = byNode;
        this.sums = new long[length];
    }

    /** Nodes count apart even where they share a domain. */
    static DomainCounts ofNodes(Topology topology, BitSet counted) {
        return new DomainCounts(topology, counted, true, counted.length());
    }

    /** A pod came to the slot, or left it; {@code hits} is 1 or -1, {@code amount} what it adds to the domain. */
    void add(int slot, long amount, int hit) {
        if (counted.get(slot) && topology.domain(slot) != Topology.NONE) {
            sums[byNode ? slot : topology.domain(slot)] += amount;
            hits += hit;
        }
    }

    Topology topology() {
        return topology;
    }

    /** The number of the node's domain, or the node's own; 0 for a node that is in none, or does not count itself. */
    long at(int slot) {
        int domain = topology.domain(slot);
        if (domain == Topology.NONE || (byNode && slot >= sums.length)) {
            return 0;
        }
        return sums[byNode ? slot : domain];
    }

    /** Not for numbers by node. */
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
