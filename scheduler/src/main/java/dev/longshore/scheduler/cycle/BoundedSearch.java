package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeOrder;
import java.util.BitSet;

/**
 * Finds the best node for pods that come once. All nodes are looked at, but of most it is asked only how high their total
 * is at most, which is a few multiplications; whether a node has room, and its total, are found where that may change the
 * answer.
 *
 * <p>Example: the best so far has 183 points. Of the next nodes one has a bound of 185, but no room, and one of 184,
 * but 183 points after all. No other bound is above 183, so that is the highest total. Many bounds are 183; which of
 * these nodes do have that is found for the few between a random place and the first that does.
 *
 * <p>The answer is the same as that of a look at every total, as no bound is too low.
 */
final class BoundedSearch {
    /** So many nodes at a time: what was just written is still in the nearest cache. */
    private static final int BLOCK = 256;
    private static final int NOTHING = -1;

    private final ClusterState state;
    private final NodeScores nodes;
    private final BitSet accepted = new BitSet();
    /** By slot, what the total is at most; once that is known, what it is, or {@link #NOTHING} if the node will not do. */
    private double[] bounds = {};
    private double highest;

    BoundedSearch(ClusterState state, NodeScores nodes) {
        this.state = state;
        this.nodes = nodes;
    }

    /** One of the best nodes, or {@link Evaluation#NONE}; for pods whose scores are bounded. */
    int best(TieBreaker ties) {
        nodes.filters().acceptedButForRoom(accepted);
        int slots = state.present().length();
        if (slots > bounds.length) {
            bounds = new double[slots];
        }
        highest = NOTHING;
        int best = Evaluation.NONE;
        for (int from = 0; from < slots; from += BLOCK) {
            int to = Math.min(from + BLOCK, slots);
            nodes.bound(from, to, bounds);
            int better = better(from, to);
            best = better == Evaluation.NONE ? best : better;
        }
        return best != Evaluation.NONE && hasEqual(best, slots)
                ? anyOfEquals(state.order(), ties)
                : best;
    }

    /** The best of these nodes that is better than the best so far. */
    private int better(int from, int to) {
        int best = Evaluation.NONE;
        for (int slot = nextBetter(from, to); slot < to; slot = nextBetter(slot + 1, to)) {
            if (total(slot) > highest) {
                highest = bounds[slot];
                best = slot;
            }
        }
        return best;
    }

    /**
     * The first of these nodes that may be better than the best so far, or {@code to}. Calls nothing, so that the
     * compiler keeps the fields in registers: all nodes pass through here.
     */
    private int nextBetter(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            if (bounds[slot] > highest) {
                return slot;
            }
        }
        return to;
    }

    private double total(int slot) {
        if (!accepted.get(slot) || !nodes.filters().hasRoom(slot)) {
            bounds[slot] = NOTHING;
        } else {
            nodes.renewScores(slot, slot + 1);
            bounds[slot] = nodes.base(slot);
        }
        return bounds[slot];
    }

    private boolean isBest(int slot) {
        return bounds[slot] >= highest && total(slot) == highest;
    }

    private boolean hasEqual(int best, int slots) {
        for (int slot = 0; slot < slots; slot++) {
            if (slot != best && isBest(slot)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link TieBreaker#among}: the first of the best, of which there is one, behind a random place in the order. */
    private int anyOfEquals(NodeOrder order, TieBreaker ties) {
        int first = ties.below(order.size());
        for (int i = 0; i < order.size(); i++) {
            int slot = order.slot(first + i < order.size() ? first + i : first + i - order.size());
            if (isBest(slot)) {
                return slot;
            }
        }
        throw new IllegalStateException("no node has the highest total " + highest);
    }
}
