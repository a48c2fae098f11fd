package dev.longshore.client.queue;

import java.time.Duration;

/**
 * The limits of a {@link WorkQueue}. How many distinct keys wait is bounded by the number of objects that exist.
 *
 * @param workers      how many keys are worked on at once
 * @param firstBackOff the wait after the first failure of a key
 * @param lastBackOff  the longest wait between two tries of a key
 */
public record QueueLimits(int workers, Duration firstBackOff, Duration lastBackOff) {
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(5);
    private static final Duration LAST_BACK_OFF = Duration.ofSeconds(30);

    public QueueLimits {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, got " + workers);
        }
        if (!firstBackOff.isPositive() || lastBackOff.compareTo(firstBackOff) < 0) {
            throw new IllegalArgumentException("back-off must grow from " + firstBackOff + " to " + lastBackOff);
        }
    }

    /** From 5 ms, as Kubernetes' queues, to 30 s: a key that failed long ago must not wait for a quarter of an hour. */
    public static QueueLimits workers(int workers) {
        return new QueueLimits(workers, FIRST_BACK_OFF, LAST_BACK_OFF);
    }
}
