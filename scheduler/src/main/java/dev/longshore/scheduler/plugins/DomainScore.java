package dev.longshore.scheduler.plugins;

import java.util.BitSet;

/** Says by its tally how good nodes are. */
public interface DomainScore extends Tally {
    /**
     * Writes a score of 0..100, a whole number, normalised over {@code feasible}, for each of its slots. What it writes
     * for other slots does not matter.
     */
    void score(BitSet feasible, double[] normalised);

    /** As {@link #score(BitSet, double[])}, for the nodes that are in the sample or like one in it; by its index. */
    void score(NodeSample feasible, double[] normalised);
}
