package dev.longshore.scheduler.state;

import java.util.Map;

/**
 * The nodes in the order of their names, which does not depend on who came first. Immutable; as of one set of nodes.
 */
public final class NodeOrder {
    private final int[] slots;
    private final int[] ranks;

    private NodeOrder(int[] slots, int[] ranks) {
        this.slots = slots;
        this.ranks = ranks;
    }

    static NodeOrder of(Map<String, Integer> slotsByName, int slotCount) {
        int[] slots = slotsByName.entrySet().stream().sorted(Map.Entry.comparingByKey()).mapToInt(Map.Entry::getValue)
                .toArray();
        int[] ranks = new int[slotCount];
        for (int rank = 0; rank < slots.length; rank++) {
            ranks[slots[rank]] = rank;
        }
        return new NodeOrder(slots, ranks);
    }

    /** How many nodes there are. */
    public int size() {
        return slots.length;
    }

    /** The slot of the node with so many names before its own. */
    public int slot(int rank) {
        return slots[rank];
    }

    /** How many nodes have names before that of this one. */
    public int rank(int slot) {
        return ranks[slot];
    }
}
