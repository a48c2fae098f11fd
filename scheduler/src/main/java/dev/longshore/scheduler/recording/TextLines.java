package dev.longshore.scheduler.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream, as bytes, each ended by a line feed. */
final class TextLines {
    /** An object, of at most some MiB, and little more. */
    static final int LINE_LIMIT_BYTES = 16 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private long number;

    TextLines(InputStream in) {
        this.in = in;
    }

    /** Of the line read last, from 1. */
    long number() {
        return number;
    }

    /** Without its end; empty behind the last. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        while (from < to || fill()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, end - from);
            from = Math.min(end + 1, to);
            if (line.size() > LINE_LIMIT_BYTES) {
                throw new BrokenRecordingException(number, "is longer than " + LINE_LIMIT_BYTES + " bytes");
            }
            if (end < to) {
                return Optional.of(line.toByteArray());
            }
        }
        if (line.size() > 0) {
            throw new BrokenRecordingException(number, "ends in the middle; the recorder was killed while it wrote");
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }
}
