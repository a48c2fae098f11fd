package dev.longshore.agent.logs;

import java.time.Instant;

/**
 * What a reader wants of a log.
 *
 * @param tailLines  how many of the last lines; negative for all
 * @param limitBytes how many bytes at most; 0 for no limit
 * @param since      entries before this are left out
 */
public record LogOptions(boolean follow, boolean timestamps, long tailLines, long limitBytes, Instant since) {
    public static final LogOptions ALL = new LogOptions(false, false, -1, 0, Instant.EPOCH);
}
