package dev.longshore.scheduler.state;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * The domains that a node label makes: nodes with one value are one domain. Domains are numbered from 1 in the order of
 * their values; nodes without the label are in domain {@link #NONE}. Immutable; as of one structure version.
 */
public final class Topology {
    /** The domain, which is none, of the nodes without the label. */
    public static final int NONE = 0;

    private final int[] domains;
    /** The slots of the nodes, domain by domain, and where each domain begins. */
    private final int[] members;
    private final int[] begins;

    private Topology(int[] domains, int[] members, int[] begins) {
        this.domains = domains;
        this.members = members;
        this.begins = begins;
    }

    static Topology of(String key, LabelIndex labels, BitSet present) {
        int[] domains = new int[present.length()];
        int[] members = new int[present.cardinality()];
        int[] begins = new int[labels.valueCount(key) + 3];
        int[] filled = new int[1];
        present.stream().filter(slot -> !labels.has(key, slot)).forEach(slot -> members[filled[0]++] = slot);
        int[] domain = {NONE};
        labels.sets(key, (_, nodes) -> {
            begins[++domain[0]] = filled[0];
            nodes.each(slot -> {
                domains[slot] = domain[0];
                members[filled[0]++] = slot;
            });
        });
        Arrays.fill(begins, domain[0] + 1, begins.length, filled[0]);
        return new Topology(domains, members, begins);
    }

    /** Each node that has the label is a domain of its own, whatever the value. */
    static Topology ofNodes(BitSet labelled, BitSet present) {
        int[] domains = new int[present.length()];
        int[] members = new int[present.cardinality()];
        int[] begins = new int[labelled.cardinality() + 3];
        int filled = 0;
        int domain = NONE;
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            if (!labelled.get(slot)) {
                members[filled++] = slot;
            }
        }
        for (int slot = labelled.nextSetBit(0); slot >= 0; slot = labelled.nextSetBit(slot + 1)) {
            domains[slot] = ++domain;
            begins[domain] = filled;
            members[filled++] = slot;
        }
        Arrays.fill(begins, domain + 1, begins.length, filled);
        return new Topology(domains, members, begins);
    }

    /** By slot, the domain of the node. Do not modify. */
    public int[] domains() {
        return domains;
    }

    /** The domain of the node in a slot, or {@link #NONE}. */
    public int domain(int slot) {
        return domains[slot];
    }

    /** All domains have lower numbers. */
    public int bound() {
        return begins.length - 2;
    }

    /** Takes the nodes of a domain out of a set. */
    public void removeMembers(int domain, BitSet from) {
        for (int i = begins[domain]; i < begins[domain + 1]; i++) {
            from.clear(members[i]);
        }
    }

    /** Calls back with the slot of each node of a domain. */
    public void eachMember(int domain, IntConsumer visitor) {
        for (int i = begins[domain]; i < begins[domain + 1]; i++) {
            visitor.accept(members[i]);
        }
    }

    /** The domains, {@link #NONE} not among them, that at least one of these nodes is in; a new bitset. */
    public BitSet domainsOf(BitSet nodes) {
        BitSet found = found(nodes);
        found.clear(NONE);
        return found;
    }

    /** How many domains these nodes are in, those without the label as one domain together. */
    public int valuesOf(BitSet nodes) {
        return found(nodes).cardinality();
    }

    private BitSet found(BitSet nodes) {
        BitSet found = new BitSet(bound());
        for (int slot = nodes.nextSetBit(0); slot >= 0; slot = nodes.nextSetBit(slot + 1)) {
            found.set(domains[slot]);
        }
        return found;
    }
}
