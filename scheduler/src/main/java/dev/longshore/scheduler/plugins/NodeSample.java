package dev.longshore.scheduler.plugins;

import java.util.Arrays;

/** Feasible nodes, each of which stands for as many as it is like: rules about domains cannot tell those apart. */
public final class NodeSample {
    private int[] slots = new int[16];
    private int[] nodes = new int[16];
    private int size;

    public void clear() {
        size = 0;
    }

    /** @param many for how many nodes this one stands, itself among them */
    public void add(int slot, int many) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        slots[size] = slot;
        nodes[size++] = many;
    }

    public int size() {
        return size;
    }

    public int slot(int index) {
        return slots[index];
    }

    /** For how many nodes it stands. */
    public int nodes(int index) {
        return nodes[index];
    }
}
