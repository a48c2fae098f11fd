package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.common.time.Timers;
import java.time.Duration;

/** Knows when no more traffic is sent to a pod that is about to end. */
public interface WithdrawalGate {
    /** The longest that a pod waits; in this time endpoints reach all nodes on a quiet network. */
    Duration FIXED_DELAY = Duration.ofMillis(1500);

    /**
     * Runs {@code open} once, from any thread and at the latest after {@link #FIXED_DELAY}: then the pod may get
     * SIGTERM. Does not block.
     */
    void await(Pod pod, Runnable open);

    /** Waits for {@link #FIXED_DELAY}, whoever may or may not have heard. */
    static WithdrawalGate fixed(Timers timers) {
        return (_, open) -> timers.after(FIXED_DELAY, open);
    }
}
