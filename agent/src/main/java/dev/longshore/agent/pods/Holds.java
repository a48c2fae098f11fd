package dev.longshore.agent.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a pod's failed steps wait for: 1 s, doubled up to {@link #LAST_RETRY}, or longer when the step says so. */
final class Holds {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final int DOUBLINGS_LIMIT = 5;

    private final Map<String, Hold> holds = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    void failed(PodOperations.Outcome.Failed failed, Instant now) {
        int doublings = Math.min(DOUBLINGS_LIMIT, failures.merge(failed.key(), 1, Integer::sum) - 1);
        Duration delay = FIRST_RETRY.multipliedBy(1L << doublings);
        Instant own = now.plus(delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay);
        holds.put(failed.key(), new Hold(failed.reason(), failed.message(),
                failed.retryAt().isAfter(own) ? failed.retryAt() : own));
    }

    void release(String key) {
        holds.remove(key);
        failures.remove(key);
    }

    /** By container name; under {@link PodSnapshot#POD} what holds the whole pod. */
    Map<String, Hold> current() {
        return holds;
    }
}
