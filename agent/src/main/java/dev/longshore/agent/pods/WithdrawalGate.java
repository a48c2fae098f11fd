package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Pod;
import java.time.Duration;

/** Knows when no more traffic is sent to a pod that is about to end. */
public interface WithdrawalGate {
    /** How long to wait before SIGTERM. */
    Duration delay(Pod pod);

    /** A fixed time in which the endpoints reach all nodes on a quiet network. */
    Duration FIXED_DELAY = Duration.ofMillis(1500);

    /** Waits for {@link #FIXED_DELAY}, whoever may or may not have heard. */
    static WithdrawalGate fixed() {
        return _ -> FIXED_DELAY;
    }
}
