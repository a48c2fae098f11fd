package dev.longshore.agent.logs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Finds where the last lines of a log begin. Rotation keeps files small enough to read them through. */
final class Tail {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final long LINES_LIMIT = 10_000_000;

    private Tail() {
    }

    /** The offset of the first of the last {@code lines} lines; entries that continue a line belong to it. */
    static long start(Path file, long lines) throws IOException {
        long wanted = Math.min(lines, LINES_LIMIT);
        Deque<Long> starts = new ArrayDeque<>();
        long position = 0;
        boolean continues = false;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                if (!continues) {
                    starts.addLast(position);
                    if (starts.size() > wanted) {
                        starts.removeFirst();
                    }
                }
                continues = LogLine.parse(line.toByteArray()).map(LogLine::partial).orElse(false);
                position += line.size() + 1L;
                line.reset();
            }
        }
        return starts.isEmpty() ? position : starts.getFirst();
    }
}
