package dev.longshore.agent.logs;

import dev.longshore.common.time.Timers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Reads the log of one container as text. Blocks; each reader has a thread of its own. */
public final class LogReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BLOCK_BYTES = 64 << 10;

    private final Timers timers;

    public LogReader(Timers timers) {
        this.timers = timers;
    }

    /**
     * Writes what the options ask for and returns at the end of the file; when following, once {@code running} is false
     * and everything was read.
     */
    public void read(Path file, LogOptions options, BooleanSupplier running, OutputStream sink)
            throws IOException, InterruptedException {
        Output output = new Output(options, sink);
        long position = options.tailLines() >= 0 ? Tail.start(file, options.tailLines()) : 0;
        Path current = file;
        Object key = fileKey(current);
        RandomAccessFile in = new RandomAccessFile(current.toFile(), "r");
        try {
            while (true) {
                boolean last = !options.follow() || !running.getAsBoolean();
                position = drain(in, position, output);
                if (output.full() || last && in.length() <= position) {
                    return;
                }
                Object now = fileKey(current);
                if (!now.equals(key)) {
                    // Rotated: what was read is the old file, to its end; go on in the new one.
                    drain(in, position, output);
                    in.close();
                    in = new RandomAccessFile(current.toFile(), "r");
                    position = 0;
                    key = now;
                } else if (!last) {
                    pause();
                }
                sink.flush();
            }
        } finally {
            in.close();
        }
    }

    private static Object fileKey(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    /** Passes on the whole entries from here; answers where the next one begins. */
    private static long drain(RandomAccessFile in, long from, Output output) throws IOException {
        long position = from;
        byte[] block = new byte[BLOCK_BYTES];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        in.seek(from);
        for (int count = in.read(block); count > 0 && !output.full(); count = in.read(block)) {
            for (int i = 0; i < count && !output.full(); i++) {
                if (block[i] == '\n') {
                    position += line.size() + 1L;
                    output.accept(line.toByteArray());
                    line.reset();
                } else {
                    line.write(block[i]);
                }
            }
        }
        return position;
    }

    private void pause() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Timers.Timer timer = timers.after(POLL, over::countDown);
        try {
            over.await();
        } finally {
            timer.cancel();
        }
    }

    /** Turns entries into the text that the reader wants. */
    private static final class Output {
        private final LogOptions options;
        private final OutputStream sink;
        private long written;
        private boolean inLine;

        Output(LogOptions options, OutputStream sink) {
            this.options = options;
            this.sink = sink;
        }

        boolean full() {
            return options.limitBytes() > 0 && written >= options.limitBytes();
        }

        void accept(byte[] bytes) throws IOException {
            Optional<LogLine> parsed = LogLine.parse(bytes);
            if (parsed.isEmpty() || parsed.get().at().isBefore(options.since())) {
                return;
            }
            LogLine line = parsed.get();
            if (options.timestamps() && !inLine) {
                write((line.time() + " ").getBytes(StandardCharsets.UTF_8));
            }
            write(line.text());
            if (!line.partial()) {
                write(new byte[]{'\n'});
            }
            inLine = line.partial();
        }

        private void write(byte[] bytes) throws IOException {
            long room = options.limitBytes() > 0 ? options.limitBytes() - written : bytes.length;
            int count = (int) Math.min(bytes.length, Math.max(0, room));
            sink.write(bytes, 0, count);
            written += count;
        }
    }
}
