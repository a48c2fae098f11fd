package dev.longshore.apiserver.table;

import dev.longshore.api.meta.v1.MicroTime;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long ago something was, for people: {@code 45s}, {@code 5m}, {@code 3d4h} (source: Kubernetes API, Table ages).
 */
final class Ages {
    static final String UNKNOWN = "<unknown>";

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;

    private Ages() {
    }

    static String since(Time time, Instant now) {
        return since(Times.instant(time), now);
    }

    static String since(MicroTime time, Instant now) {
        return since(Times.instant(time), now);
    }

    private static String since(Optional<Instant> start, Instant now) {
        return start.map(instant -> text(Duration.between(instant, now).toSeconds())).orElse(UNKNOWN);
    }

    static String text(long seconds) {
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 2 * MINUTE) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 10 * MINUTE) {
            return two(seconds, MINUTE, "m", 1, "s");
        }
        if (seconds < 3 * HOUR) {
            return seconds / MINUTE + "m";
        }
        if (seconds < 8 * HOUR) {
            return two(seconds, HOUR, "h", MINUTE, "m");
        }
        if (seconds < 2 * DAY) {
            return seconds / HOUR + "h";
        }
        if (seconds < 8 * DAY) {
            return two(seconds, DAY, "d", HOUR, "h");
        }
        if (seconds < 2 * YEAR) {
            return seconds / DAY + "d";
        }
        return seconds < 8 * YEAR ? two(seconds, YEAR, "y", DAY, "d") : seconds / YEAR + "y";
    }

    private static String two(long seconds, long large, String largeUnit, long small, String smallUnit) {
        long rest = seconds % large / small;
        return seconds / large + largeUnit + (rest == 0 ? "" : rest + smallUnit);
    }
}
