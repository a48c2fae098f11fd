package dev.longshore.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.common.time.SystemEnvironment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final String TEXT = """
            2026-01-01T00:00:01.000000000Z stdout F one
            2026-01-01T00:00:02.000000000Z stdout P tw
            2026-01-01T00:00:03.000000000Z stdout F o
            2026-01-01T00:00:04.000000000Z stderr F three
            """;
    @TempDir
    Path directory;
    private final SystemEnvironment system = new SystemEnvironment();
    private final LogReader reader = new LogReader(system.environment().timers());
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(directory.resolve("0.log"), TEXT);
    }

    @AfterEach
    void close() {
        system.close();
    }

    private String read(LogOptions options) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.read(file, options, () -> false, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void joinsPartsAndSelects() throws Exception {
        assertThat(read(LogOptions.ALL)).isEqualTo("one\ntwo\nthree\n");
        assertThat(read(new LogOptions(false, false, 2, 0, Instant.EPOCH))).isEqualTo("two\nthree\n");
        assertThat(read(new LogOptions(false, false, 0, 0, Instant.EPOCH))).isEmpty();
        assertThat(read(new LogOptions(false, false, -1, 5, Instant.EPOCH))).isEqualTo("one\nt");
        assertThat(read(new LogOptions(false, true, 1, 0, Instant.EPOCH)))
                .isEqualTo("2026-01-01T00:00:04.000000000Z three\n");
        assertThat(read(new LogOptions(false, false, -1, 0, Instant.parse("2026-01-01T00:00:04Z"))))
                .isEqualTo("three\n");
    }

    @Test
    void followsThroughARotationUntilTheContainerEnds() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                reader.read(file, new LogOptions(true, false, -1, 0, Instant.EPOCH), running::get, out);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> out.toString(StandardCharsets.UTF_8).endsWith("three\n"));
        Files.move(file, directory.resolve("0.log.1"));
        Files.writeString(file, "2026-01-01T00:00:05.000000000Z stdout F four\n", StandardOpenOption.CREATE_NEW);
        await().until(() -> out.toString(StandardCharsets.UTF_8).endsWith("four\n"));
        running.set(false);
        thread.join();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\nfour\n");
    }
}
