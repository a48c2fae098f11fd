package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;

/** What one attempt came to. */
public sealed interface Decision {
    /**
     * The pod goes to this node.
     *
     * @param feasible how many nodes would have done
     */
    record Placed(String node, int feasible) implements Decision {}

    record Nowhere(Diagnosis diagnosis) implements Decision {}
}
