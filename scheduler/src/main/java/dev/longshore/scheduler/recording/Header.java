package dev.longshore.scheduler.recording;

/**
 * The first line: what a machine is made from.
 *
 * @param seed          the tie-breaker's
 * @param configuration the text of the scheduler's configuration file; "" if it has none
 */
record Header(long seed, String configuration) {}
