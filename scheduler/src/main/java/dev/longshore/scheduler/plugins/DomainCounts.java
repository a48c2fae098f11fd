package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.Topology;
import java.util.BitSet;
import java.util.List;

/** A number for each domain of a topology, and the nodes of the domains where it is positive. */
public final class DomainCounts {
    private final Topology topology;
    private final BitSet counted;
    private final boolean countsDomains;
    private final double[] sums;
    private final Lowest lowest;
    private final BitSet occupied = new BitSet();
    private long hits;

    /** @param counted the nodes whose pods count; read only, not copied */
    DomainCounts(Topology topology, BitSet counted) {
        this(topology, counted, new BitSet(0), false);
    }

    /**
     * @param compared      the domains of which the lowest number is asked for; read only, not copied
     * @param countsDomains whether an answer depends on how many domains the feasible nodes are in
     */
    DomainCounts(Topology topology, BitSet counted, BitSet compared, boolean countsDomains) {
        this.topology = topology;
        this.counted = counted;
        this.countsDomains = countsDomains;
        this.sums = new double[topology.bound()];
        this.lowest = new Lowest(sums, compared);
    }

    /** A pod came to the slot, or left it; {@code hit} is 1 or -1, {@code amount} what it adds to the domain. */
    void add(int slot, long amount, int hit) {
        int domain = topology.domain(slot);
        if (domain != Topology.NONE && counted.get(slot)) {
            double before = sums[domain];
            sums[domain] = before + amount;
            hits += hit;
            lowest.changed(domain, before, sums[domain]);
            if (before <= 0 && sums[domain] > 0) {
                topology.eachMember(domain, occupied::set);
            } else if (before > 0 && sums[domain] <= 0) {
                topology.removeMembers(domain, occupied);
            }
        }
    }

    public Topology topology() {
        return topology;
    }

    /** Whether nodes of two domains differ for the rule even while both domains have the same number. */
    public boolean countsDomains() {
        return countsDomains;
    }

    /** The number of the domain of the node in a slot; below all numbers if it is in none. */
    public double at(int slot) {
        int domain = topology.domain(slot);
        return domain == Topology.NONE ? Double.NEGATIVE_INFINITY : sums[domain];
    }

    /** The number of the domain of the node in a slot; 0 if it is in none. */
    double sumAt(int slot) {
        return sums[topology.domain(slot)];
    }

    /** By domain; 0 for the nodes that are in none. Do not modify. */
    double[] sums() {
        return sums;
    }

    /** The lowest number of a compared domain. */
    double lowest() {
        return lowest.value();
    }

    /** The nodes in domains with a positive number. Do not modify. */
    BitSet occupied() {
        return occupied;
    }

    /** How many pods have been counted, whatever they add up to. */
    long hits() {
        return hits;
    }

    /** Whether in none of these any pod has been counted. */
    static boolean noHits(List<DomainCounts> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hits != 0) {
                return false;
            }
        }
        return true;
    }
}
