package dev.longshore.scheduler.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.loop.LoopFullException;
import dev.longshore.common.time.Timers;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When recording ends early, it says so once, and whoever is recorded goes on. */
class FileRecorderTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
    private static final Logger LOG = Logger.getLogger(RecordingWriter.class.getName());

    private final SimulatedTime time = new SimulatedTime(1);
    private final List<String> errors = new ArrayList<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel() == Level.SEVERE) {
                errors.add(record.getMessage());
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listening);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(listening);
        LOG.setUseParentHandlers(true);
    }

    private List<String> recorded(MemoryFile file, int limit, Consumer<FileRecorder> events) throws Exception {
        FileRecorder recorder = new FileRecorder(new SimulatedLoop(time, Duration.ZERO), file, "", limit);
        recorder.begun(7);
        time.advance(Duration.ofSeconds(1));
        events.accept(recorder);
        recorder.beginStop();
        time.advance(Duration.ofSeconds(1));
        assertThat(recorder.awaitStopped(Duration.ofSeconds(1))).isTrue();
        assertThat(file.closed()).isTrue();
        return file.lines();
    }

    private static void goes(FileRecorder recorder, int pods) {
        for (int i = 0; i < pods; i++) {
            recorder.handled(Arrival.of(new SchedulerEvent.PodGone("pod-" + i)), AT, Optional.empty());
        }
    }

    @Test
    void everythingIsWrittenBeforeTheFileIsClosed() throws Exception {
        List<String> lines = recorded(new MemoryFile(), 10, recorder -> goes(recorder, 10));
        assertThat(lines).hasSize(11);
        assertThat(lines.getLast()).contains("pod-9");
        assertThat(errors).isEmpty();
    }

    @Test
    void whoeverIsTooFarBehindGivesUp() throws Exception {
        List<String> lines = recorded(new MemoryFile(), 10, recorder -> {
            goes(recorder, 15);
            time.advance(Duration.ofSeconds(1));
            goes(recorder, 5);
        });
        assertThat(lines).hasSize(12);
        assertThat(lines.get(10)).contains("pod-9");
        assertThat(lines.getLast()).isEqualTo("{\"cut\":\"the scheduler was 10 lines ahead\"}");
        assertThat(errors).containsExactly(
                "recording of the scheduler is cut, scheduling goes on: cause=the scheduler was 10 lines ahead");
        assertThat(Replayed.of(lines).end()).contains(new Replay.Outcome.Cut("the scheduler was 10 lines ahead"));
    }

    @Test
    void aFullQueueOfTheLoopIsTheSame() throws Exception {
        Queue<Runnable> actions = new ArrayDeque<>();
        EventLoop narrow = new EventLoop() {
            @Override
            public void post(Runnable action) {
                if (actions.size() == 3) {
                    throw new LoopFullException("narrow", 3);
                }
                actions.add(action);
            }

            @Override
            public Timers.Timer postAfter(Duration delay, Runnable action) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOwner() {
                return true;
            }
        };
        MemoryFile file = new MemoryFile();
        FileRecorder recorder = new FileRecorder(narrow, file, "", 10);
        recorder.begun(7);
        goes(recorder, 5);
        while (!actions.isEmpty()) {
            actions.remove().run();
        }
        recorder.beginStop();
        actions.remove().run();
        assertThat(file.lines()).hasSize(4);
        assertThat(file.lines().getLast()).contains("cut");
    }

    @Test
    void aFullDiskGivesUpTheLastPieceToSaySo() throws Exception {
        List<String> lines = recorded(new MemoryFile(1_000_000), 100_000, recorder -> {
            for (int i = 0; i < 20; i++) {
                goes(recorder, 1_000);
                time.advance(Duration.ofSeconds(1));
            }
        });
        String reason = "the file could not be written: No space left on device";
        assertThat(lines.getLast()).isEqualTo("{\"cut\":\"" + reason + "\"}");
        assertThat(errors).containsExactly("recording of the scheduler is cut, scheduling goes on: cause=" + reason);
        assertThat(lines.size()).isGreaterThan(5_000);
        assertThat(Replayed.of(lines).end()).contains(new Replay.Outcome.Cut(reason));
    }

    @Test
    void aDiskThatTakesNothingIsOneError() throws Exception {
        assertThat(recorded(new MemoryFile(0), 10, recorder -> goes(recorder, 5))).isEmpty();
        assertThat(errors).hasSize(1);
    }

    @Test
    void aFileThatIsLargeEnoughEnds() throws Exception {
        MemoryFile file = new MemoryFile();
        RecordingWriter writer = new RecordingWriter(file, 300);
        for (int i = 0; i < 100; i++) {
            writer.write(lines -> lines.settled(AT, Optional.empty()));
            writer.flush();
        }
        assertThat(file.bytes().length).isLessThan(400);
        assertThat(file.lines().getLast()).isEqualTo("{\"cut\":\"the file has reached its limit of 300 bytes\"}");
        assertThat(errors).hasSize(1);
    }

    @Test
    void aLineThatCannotBeWrittenEndsTheRecordingBehindTheOneBeforeIt() {
        MemoryFile file = new MemoryFile();
        RecordingWriter writer = new RecordingWriter(file, 1_000);
        writer.write(lines -> lines.settled(AT, Optional.empty()));
        assertThat(writer.write(lines -> {
            lines.settled(AT, Optional.empty());
            throw new IllegalStateException("odd");
        })).isFalse();
        assertThat(writer.write(lines -> lines.settled(AT, Optional.empty()))).isFalse();
        assertThat(file.lines()).hasSize(2);
        assertThat(file.lines().getLast()).contains("a line could not be written").contains("odd");
    }
}
