package dev.longshore.common.time;

import java.time.Instant;

/**
 * The time, as a constructor argument: production reads the machine's, the simulator its own.
 */
public interface Clock {
    /** Wall time, for what people and other machines read. It may jump. */
    Instant now();

    /** Nanoseconds since some fixed moment, for measuring how long something takes. It never goes back. */
    long nanos();
}
