package dev.longshore.sim;

/**
 * How likely each fault is, per call or event.
 *
 * @param failBefore      a call fails and did nothing
 * @param failAfter       a call fails and did what it should
 * @param conflict        a write meets a conflict that is none
 * @param crashAfterWrite the process dies once its write has happened
 * @param repeatEvent     a watch delivers an event twice
 * @param endWatch        a watch ends after an event
 * @param expireWatch     a watch ends after an event, and its version is too old
 * @param slowEvent       an event takes up to {@code slowMillis} instead of a few milliseconds
 * @param slowMillis      in milliseconds
 */
record FaultRates(double failBefore, double failAfter, double conflict, double crashAfterWrite, double repeatEvent,
        double endWatch, double expireWatch, double slowEvent, int slowMillis) {
    static final FaultRates STANDARD = new FaultRates(0.02, 0.02, 0.04, 0.004, 0.03, 0.005, 0.003, 0.05, 1_500);
}
