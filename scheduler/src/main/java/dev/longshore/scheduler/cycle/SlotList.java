package dev.longshore.scheduler.cycle;

import java.util.Arrays;

/**
 * Slots in the order in which they came, each once. What one does with it costs by the slots that are in it; a bitset
 * with one bit set costs a walk over all its words, which is felt with 100,000 nodes.
 */
final class SlotList {
    private int[] slots = new int[16];
    private int size;
    /** By slot, whether it is in the list. */
    private boolean[] listed = {};

    void add(int slot) {
        if (slot >= listed.length) {
            listed = Arrays.copyOf(listed, Math.max(slot + 1, listed.length * 2));
        }
        if (!listed[slot]) {
            listed[slot] = true;
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, size * 2);
            }
            slots[size++] = slot;
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            listed[slots[i]] = false;
        }
        size = 0;
    }

    int size() {
        return size;
    }

    int slot(int index) {
        return slots[index];
    }
}
