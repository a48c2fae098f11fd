package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;

/** What one attempt came to. */
public sealed interface Decision {
    /** The pod goes to this node. */
    record Placed(String node) implements Decision {}

    record Nowhere(Diagnosis diagnosis) implements Decision {}
}
