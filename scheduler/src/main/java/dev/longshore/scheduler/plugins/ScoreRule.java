package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;

/** Says how good nodes are that passed every filter. */
public interface ScoreRule extends NodeRule {
    /** By how much the normalised score is multiplied in the sum. */
    int weight();

    /** False when the rule has nothing to say about this pod and is left out of the sum. */
    default boolean appliesTo(PodRequirements pod) {
        return true;
    }

    /** Whether all nodes get 0 from this rule at present, so that it need not be asked. */
    default boolean indifferent(PodRequirements pod, ClusterState state) {
        return false;
    }

    /**
     * Writes a raw score, a whole number and never negative, for the slots {@code from} to {@code to} - 1. What it
     * writes for slots without a node, or whose node does not fit, does not matter.
     */
    void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw);

    default Normalisation normalisation() {
        return Normalisation.NONE;
    }

    /** How a raw score becomes one of 0..100, given the highest raw score of all feasible nodes. */
    enum Normalisation {
        /** It is one. */
        NONE,
        /** The best node gets 100. */
        BY_HIGHEST,
        /** The worst node gets 0, one with nothing against it 100. */
        BY_HIGHEST_REVERSED;

        /** Quotients are cut (Kubernetes scheduler, default normalisation). */
        public double apply(double raw, double highest) {
            return switch (this) {
                case NONE -> raw;
                case BY_HIGHEST -> highest == 0 ? raw : Math.floor(100 * raw / highest);
                case BY_HIGHEST_REVERSED -> highest == 0 ? 100 : 100 - Math.floor(100 * raw / highest);
            };
        }
    }
}
