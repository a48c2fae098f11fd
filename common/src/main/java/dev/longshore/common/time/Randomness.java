package dev.longshore.common.time;

/**
 * Random numbers and unique ids, as a constructor argument: the simulator's come from its seed.
 */
public interface Randomness {
    /** A number from 0 inclusive to {@code bound} exclusive. */
    int below(int bound);

    /** A random UUID in its text form (RFC 9562, version 4). */
    String uuid();

    /** A fraction from 0 inclusive to 1 exclusive. */
    double fraction();
}
