package dev.longshore.scheduler.cycle;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Nodes in buckets by a total, so that the best is found without looking at the others. Nodes are known by their place
 * in the order of names.
 */
final class Ranking {
    static final int NOBODY = -1;
    private static final BitSet NO_BUCKET = new BitSet(0);

    private final Deque<BitSet> spare;
    private BitSet[] buckets = {};
    private int[] sizes = {};
    private int size;
    /** No bucket above this one has members. */
    private int top;

    /** @param spare empty buckets, shared with other rankings: few of those once needed are needed at a time */
    Ranking(Deque<BitSet> spare) {
        this.spare = spare;
    }

    /** @param total a whole number, not negative */
    void add(int rank, int total) {
        if (total >= buckets.length) {
            int known = buckets.length;
            buckets = Arrays.copyOf(buckets, Math.max(total + 1, known * 2));
            Arrays.fill(buckets, known, buckets.length, NO_BUCKET);
            sizes = Arrays.copyOf(sizes, buckets.length);
        }
        if (sizes[total] == 0) {
            buckets[total] = spare.isEmpty() ? new BitSet() : spare.pop();
        }
        buckets[total].set(rank);
        sizes[total]++;
        size++;
        top = Math.max(top, total);
    }

    /** Takes out a node that was added with this total. */
    void remove(int rank, int total) {
        buckets[total].clear(rank);
        size--;
        if (--sizes[total] == 0) {
            spare.push(buckets[total]);
            buckets[total] = NO_BUCKET;
        }
    }

    void clear() {
        for (int total = 0; total < buckets.length; total++) {
            if (sizes[total] > 0) {
                buckets[total].clear();
                spare.push(buckets[total]);
                buckets[total] = NO_BUCKET;
                sizes[total] = 0;
            }
        }
        size = 0;
        top = 0;
    }

    int size() {
        return size;
    }

    /** The highest total of a node. To be asked only of a ranking that has nodes, as are the following. */
    int highest() {
        while (sizes[top] == 0) {
            top--;
        }
        return top;
    }

    /** How many nodes have the highest total. */
    int best() {
        return sizes[highest()];
    }

    /** The first of these nodes that is not before a place in the order, or {@link #NOBODY}. */
    int bestFrom(int rank) {
        return buckets[highest()].nextSetBit(rank);
    }
}
