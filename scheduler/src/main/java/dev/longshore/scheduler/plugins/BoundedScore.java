package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;

/**
 * A score of which it is cheap to say how high it is at most, so that it need be found exactly for few nodes only.
 * Needs no normalising.
 */
public interface BoundedScore extends ScoreRule {
    /** Whether the bounds are cheap, as the rule is configured. */
    boolean isBounded();

    /**
     * Adds to the {@code sums} of the slots {@code from} to {@code to} - 1 the weight times a number that is not below
     * the score of a node that has room. What it adds for the others does not matter.
     */
    void addBounds(PodRequirements pod, ClusterState state, int from, int to, double[] sums);
}
