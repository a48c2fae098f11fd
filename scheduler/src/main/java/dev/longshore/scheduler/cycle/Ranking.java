package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.NodeOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The fit nodes in buckets by their total, so that the best is found without looking at the others. In a bucket nodes
 * stand in the order of their names.
 */
final class Ranking {
    private static final int ABSENT = -1;

    private NodeOrder order;
    private BitSet[] buckets = {new BitSet()};
    private int[] sizes = new int[1];
    private int[] totals = new int[0];
    /** No bucket above this one has members. */
    private int top;

    Ranking(NodeOrder order) {
        this.order = order;
    }

    /** Forgets everything. */
    void clear(NodeOrder now, int slots) {
        order = now;
        Arrays.fill(sizes, 0);
        for (BitSet bucket : buckets) {
            bucket.clear();
        }
        if (slots > totals.length) {
            totals = new int[slots];
        }
        Arrays.fill(totals, ABSENT);
        top = 0;
    }

    /** Takes over what is true of the changed slots. */
    void update(BitSet changed, NodeScores scores) {
        for (int slot = changed.nextSetBit(0); slot >= 0; slot = changed.nextSetBit(slot + 1)) {
            int total = scores.fit().get(slot) ? (int) scores.base()[slot] : ABSENT;
            if (totals[slot] != total) {
                remove(slot);
                add(slot, total);
            }
        }
    }

    private void remove(int slot) {
        int total = totals[slot];
        if (total != ABSENT) {
            buckets[total].clear(order.rank(slot));
            sizes[total]--;
            totals[slot] = ABSENT;
        }
    }

    private void add(int slot, int total) {
        if (total == ABSENT) {
            return;
        }
        if (total >= sizes.length) {
            int known = buckets.length;
            int length = Math.max(total + 1, known * 2);
            buckets = Arrays.copyOf(buckets, length);
            sizes = Arrays.copyOf(sizes, length);
            for (int i = known; i < length; i++) {
                buckets[i] = new BitSet();
            }
        }
        buckets[total].set(order.rank(slot));
        sizes[total]++;
        totals[slot] = total;
        top = Math.max(top, total);
    }

    /** One of the slots with the highest total, or -1. */
    int best(TieBreaker ties) {
        while (top > 0 && sizes[top] == 0) {
            top--;
        }
        if (sizes[top] == 0) {
            return -1;
        }
        return order.slot(sizes[top] == 1 ? buckets[top].nextSetBit(0) : ties.among(buckets[top], order.size()));
    }
}
