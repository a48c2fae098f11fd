package dev.longshore.scheduler.state;

import java.util.BitSet;

/**
 * The node slots whose usage changed lately, so that an evaluation a few changes old is brought up to date at the cost
 * of those nodes alone. Holds the last {@value #LENGTH} changes.
 */
final class ChangeJournal {
    static final int LENGTH = 1024;

    private final int[] slots = new int[LENGTH];
    private long version;

    void record(int slot) {
        slots[(int) (version % LENGTH)] = slot;
        version++;
    }

    long version() {
        return version;
    }

    /** Adds to {@code changed} the slots changed since; false when that is no longer known. */
    boolean since(long from, BitSet changed) {
        if (version - from > LENGTH) {
            return false;
        }
        for (long v = from; v < version; v++) {
            changed.set(slots[(int) (v % LENGTH)]);
        }
        return true;
    }
}
