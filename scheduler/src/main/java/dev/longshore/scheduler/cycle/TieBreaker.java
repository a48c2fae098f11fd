package dev.longshore.scheduler.cycle;

import java.util.BitSet;

/**
 * Chooses among nodes that are equally good. Its own generator (SplitMix64), because the process's random source takes a
 * lock and the scheduling path must not; the seed is drawn from that source once.
 */
public final class TieBreaker {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public TieBreaker(long seed) {
        this.state = seed;
    }

    /**
     * One of the numbers in a set, which are below {@code bound} and more than one: the first behind a random place, and
     * behind the last the first of all. So it depends on the set alone, and finding it is no walk over all of them.
     */
    int among(BitSet equals, int bound) {
        int found = equals.nextSetBit(below(bound));
        return found >= 0 ? found : equals.nextSetBit(0);
    }

    /** A number from 0 inclusive to {@code bound} exclusive. */
    int below(int bound) {
        state += STEP;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (int) Long.remainderUnsigned(mixed, bound);
    }
}
