package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;

/** Says how good nodes are that passed every filter. */
public interface ScoreRule extends NodeRule {
    /** By how much the normalised score is multiplied in the sum. */
    int weight();

    /** False when the rule has nothing to say about this pod and is left out of the sum. */
    default boolean appliesTo(PodRequirements pod) {
        return true;
    }

    /** Writes a raw score, never negative, for each slot of {@code scope}. */
    void score(PodRequirements pod, ClusterState state, BitSet scope, long[] raw);

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

        /** Integer divisions, cut (Kubernetes scheduler, default normalisation). */
        public long apply(long raw, long highest) {
            return switch (this) {
                case NONE -> raw;
                case BY_HIGHEST -> highest == 0 ? raw : 100 * raw / highest;
                case BY_HIGHEST_REVERSED -> highest == 0 ? 100 : 100 - 100 * raw / highest;
            };
        }
    }
}
