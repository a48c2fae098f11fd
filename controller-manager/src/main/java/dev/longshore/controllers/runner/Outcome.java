package dev.longshore.controllers.runner;

import java.time.Duration;

/** How a reconcile ended that did not fail. */
public sealed interface Outcome {
    /** Nothing to do until something changes. */
    record Done() implements Outcome {}

    /** Look again after {@code delay} even if nothing changes: a deadline, or a condition that time alone fulfils. */
    record After(Duration delay) implements Outcome {}

    static Outcome done() {
        return new Done();
    }

    static Outcome after(Duration delay) {
        return new After(delay);
    }
}
