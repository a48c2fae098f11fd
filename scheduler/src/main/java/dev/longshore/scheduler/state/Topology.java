package dev.longshore.scheduler.state;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The domains that a node label makes: nodes with one value are one domain. Domains are numbered from 0 in the order of
 * their values. Immutable; as of one structure version.
 */
public final class Topology {
    /** The domain of a node without the label. */
    public static final int NONE = -1;

    private final int[] domains;
    private final int count;

    private Topology(int[] domains, int count) {
        this.domains = domains;
        this.count = count;
    }

    static Topology of(String key, LabelIndex labels, int slots) {
        int[] domains = new int[slots];
        Arrays.fill(domains, NONE);
        int[] next = new int[1];
        labels.values(key, (_, nodes) -> {
            number(nodes, next[0], domains);
            next[0]++;
        });
        return new Topology(domains, next[0]);
    }

    private static void number(BitSet nodes, int domain, int[] domains) {
        for (int slot = nodes.nextSetBit(0); slot >= 0; slot = nodes.nextSetBit(slot + 1)) {
            domains[slot] = domain;
        }
    }

    /** The domain of the node in a slot, or {@link #NONE}. */
    public int domain(int slot) {
        return domains[slot];
    }

    /** How many domains there are. */
    public int count() {
        return count;
    }

    /** The domains that at least one of these nodes is in; a new bitset. */
    public BitSet domainsOf(BitSet nodes) {
        BitSet found = new BitSet(count);
        for (int slot = nodes.nextSetBit(0); slot >= 0; slot = nodes.nextSetBit(slot + 1)) {
            if (domains[slot] != NONE) {
                found.set(domains[slot]);
            }
        }
        return found;
    }
}
