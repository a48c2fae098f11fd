package dev.longshore.scheduler;

import dev.longshore.common.time.Randomness;
import java.time.Duration;

/**
 * When a call whose outcome is unknown is made again.
 *
 * @param attempt 1 for the first call
 */
record Retry(int attempt) {
    /** So many calls take about half a minute; an API server that is gone longer is not worth holding room for. */
    static final int LIMIT = 10;

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    static Retry first() {
        return new Retry(1);
    }

    boolean exhausted() {
        return attempt >= LIMIT;
    }

    Retry next() {
        return new Retry(attempt + 1);
    }

    /** Doubled by each attempt, between half and all of it. */
    Duration delay(Randomness randomness) {
        long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 16));
        return Duration.ofMillis(millis / 2 + randomness.below((int) (millis / 2) + 1));
    }
}
