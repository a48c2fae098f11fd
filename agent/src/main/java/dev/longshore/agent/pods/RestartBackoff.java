package dev.longshore.agent.pods;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a container that ended waits for its restart. The first restart is immediate; then 10 s, doubled up to 5
 * min,
 * and afresh when the container ran for 10 min (Kubernetes API, pod contract: crash back-off).
 *
 * <p>For example a container that ends at once is started at 0 s, again at 0 s, at 10 s, at 30 s, at 70 s.
 *
 * @param delay     the wait before the next restart
 * @param updatedAt when the container ended before its last restart
 */
public record RestartBackoff(Duration delay, Instant updatedAt) {
    /** No restart yet. */
    public static final RestartBackoff NONE = new RestartBackoff(Duration.ZERO, Instant.EPOCH);

    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LIMIT = Duration.ofMinutes(5);
    static final Duration RESET = Duration.ofMinutes(10);

    /** When a container that ended at {@code finishedAt} may start again. */
    public Instant notBefore(Instant finishedAt) {
        return expired(finishedAt) ? finishedAt : finishedAt.plus(delay);
    }

    /** The state after the restart of a container that had ended at {@code finishedAt}. */
    public RestartBackoff restarted(Instant finishedAt) {
        if (delay.isZero() || expired(finishedAt)) {
            return new RestartBackoff(FIRST, finishedAt);
        }
        Duration twice = delay.multipliedBy(2);
        return new RestartBackoff(twice.compareTo(LIMIT) > 0 ? LIMIT : twice, finishedAt);
    }

    private boolean expired(Instant finishedAt) {
        return Duration.between(updatedAt, finishedAt).compareTo(RESET) > 0;
    }
}
