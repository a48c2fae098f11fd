package dev.longshore.agent.logs;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a CRI log file: {@code TIME stdout|stderr F|P TEXT}.
 *
 * @param partial the line goes on in the next entry of the same stream
 */
record LogLine(String time, String stream, boolean partial, byte[] text) {
    /** Empty for what is no entry. */
    static Optional<LogLine> parse(byte[] line) {
        int first = indexOf(line, 0);
        int second = indexOf(line, first + 1);
        int third = indexOf(line, second + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        int end = third < 0 ? line.length : third;
        String tags = string(line, second + 1, end);
        int from = Math.min(line.length, end + 1);
        byte[] text = new byte[line.length - from];
        System.arraycopy(line, from, text, 0, text.length);
        return Optional.of(new LogLine(string(line, 0, first), string(line, first + 1, second),
                tags.split(":")[0].equals("P"), text));
    }

    /** {@link Instant#EPOCH} when the time cannot be read. */
    Instant at() {
        try {
            return java.time.OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static int indexOf(byte[] line, int from) {
        for (int i = Math.max(0, from); i < line.length; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private static String string(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
}
