package dev.longshore.scheduler.state;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** Some slots. While it is one, it takes no room for all the others: most nodes have a label value of their own. */
final class NodeSet {
    private static final int NOBODY = -1;

    private int only = NOBODY;
    private BitSet slots = new BitSet(0);

    void add(int slot) {
        if (isEmpty()) {
            only = slot;
        } else {
            if (only != NOBODY) {
                slots.set(only);
                only = NOBODY;
            }
            slots.set(slot);
        }
    }

    void remove(int slot) {
        if (only == slot) {
            only = NOBODY;
        }
        slots.clear(slot);
        if (slots.isEmpty()) {
            slots = new BitSet(0);
        }
    }

    boolean isEmpty() {
        return only == NOBODY && slots.isEmpty();
    }

    /** Calls back with each slot, in order. */
    void each(IntConsumer visitor) {
        if (only != NOBODY) {
            visitor.accept(only);
        }
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            visitor.accept(slot);
        }
    }

    /** Not to be modified; of one slot it is made for the question. */
    BitSet asBits() {
        if (only == NOBODY) {
            return slots;
        }
        BitSet one = new BitSet(only + 1);
        one.set(only);
        return one;
    }
}
