package dev.longshore.sim;

import java.util.List;

/**
 * What a run came to.
 *
 * @param failures what must not happen and did
 * @param logHash  of everything that happened: equal for equal runs
 * @param lastLines of the log
 * @param events   how many steps the simulation took
 * @param writes   how many writes of the watched resources there were
 */
record SimResult(long seed, List<String> failures, EndState end, String logHash, List<String> lastLines, long events,
        long writes) {
    boolean failed() {
        return !failures.isEmpty();
    }
}
