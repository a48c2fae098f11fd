package dev.longshore.scheduler.plugins;

import java.util.BitSet;

/** Says by its tally how good nodes are. */
public interface DomainScore extends Tally {
    /** Writes a score of 0..100, normalised over {@code feasible}, for each of its slots. */
    void score(BitSet feasible, long[] normalised);
}
