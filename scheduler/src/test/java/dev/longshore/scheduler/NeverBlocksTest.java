package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.recording.FileRecorder;
import dev.longshore.scheduler.recording.RecordingOutput;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flight recorder sees the scheduler's thread wait for nothing but work while it places pods. */
class NeverBlocksTest {
    private static final int NODES = 1_000;
    private static final int PODS = 50_000;
    private static final int RECORDED_PODS = 10_000;
    private static final List<String> WAITS = List.of("jdk.ThreadPark", "jdk.JavaMonitorEnter", "jdk.JavaMonitorWait",
            "jdk.ThreadSleep", "jdk.SocketRead", "jdk.SocketWrite", "jdk.FileRead", "jdk.FileWrite", "jdk.FileForce");

    /** Where the classes are whose monitors Java enters while it links. */
    private static final List<String> LINKING = List.of("java.lang.ref.", "java.lang.invoke.", "java.lang.Class");

    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    @Test
    void waitsForWorkAndNothingElse() throws IOException, InterruptedException {
        assertThat(waits(PODS, Optional.empty())).isEmpty();
    }

    @Test
    void recordingAddsNoWait() throws IOException, InterruptedException {
        Bytes recording = new Bytes();
        assertThat(waits(RECORDED_PODS, Optional.of(recording))).isEmpty();
        assertThat(recording.written).isGreaterThan(100L * RECORDED_PODS);
    }

    private Set<String> waits(int pods, Optional<RecordingOutput> recorded)
            throws IOException, InterruptedException {
        Path file = directory.resolve("waits.jfr");
        try (Recording recording = new Recording()) {
            WAITS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO).withStackTrace());
            recording.start();
            place(pods, recorded);
            recording.stop();
            recording.dump(file);
        }
        Set<String> waits = new TreeSet<>();
        int idle = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (isOfScheduler(event) && !isFirstUse(event)) {
                if (isIdle(event)) {
                    idle++;
                } else {
                    waits.add(event.getEventType().getName() + " at " + frames(event));
                }
            }
        }
        assertThat(idle).as("the recorder saw the thread at all").isPositive();
        assertThat(Files.size(file)).isPositive();
        return waits;
    }

    /** Only counts. */
    private static final class Bytes implements RecordingOutput {
        private volatile long written;

        @Override
        public void append(byte[] bytes, int length) {
            written += length;
        }

        @Override
        public void truncate(long length) {
            throw new AssertionError("cut");
        }

        @Override
        public void close() {
        }
    }

    private void place(int pods, Optional<RecordingOutput> recorded) throws InterruptedException {
        try (SystemEnvironment system = new SystemEnvironment()) {
            FakeApiClient client = new FakeApiClient(system.environment().clock(), system.environment().randomness());
            client.create(ResourceTypes.NAMESPACES,
                    Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
            ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT, system.environment().timers(),
                    (_, cause) -> faults.add(cause));
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            Scheduler scheduler = new Scheduler(SchedulerConfig.ALONE, client, loop, system.environment(), meters,
                    (_, cause) -> faults.add(cause));
            ThreadLoop writing = new ThreadLoop("recorder", FileRecorder.LOOP_QUEUE_LIMIT,
                    system.environment().timers(), (_, cause) -> faults.add(cause));
            Optional<FileRecorder> recorder = recorded.map(file -> new FileRecorder(writing, file, ""));
            recorder.ifPresent(scheduler::recordTo);
            writing.start();
            loop.start();
            scheduler.start();
            for (int i = 0; i < NODES; i++) {
                client.create(ResourceTypes.NODES, TestPods.node("n" + i, 64_000));
            }
            for (int i = 0; i < pods; i++) {
                client.create(ResourceTypes.PODS, TestPods.pod("p" + i, 10));
            }
            Callable<Double> placed = () -> meters.get("scheduler_schedule_attempts").tag("result", "scheduled")
                    .counter().count();
            await().atMost(Duration.ofMinutes(2)).conditionEvaluationListener(new StuckReport(placed))
                    .until(() -> !faults.isEmpty() || placed.call() >= pods);
            assertThat(faults).isEmpty();
            scheduler.beginStop();
            loop.beginStop();
            loop.awaitStopped(Duration.ofSeconds(10));
            if (recorder.isPresent()) {
                recorder.get().beginStop();
                assertThat(recorder.get().awaitStopped(Duration.ofMinutes(1))).isTrue();
            }
            writing.beginStop();
        }
        assertThat(faults).isEmpty();
    }

    /** Says where the scheduler's thread is when too few pods are placed in time. */
    private record StuckReport(Callable<Double> placed) implements ConditionEvaluationListener<Object> {
        @Override
        public void conditionEvaluated(EvaluatedCondition<Object> condition) {
            // Only a timeout is told.
        }

        @Override
        public void onTimeout(TimeoutEvent event) {
            try {
                System.err.println("pods placed: " + placed.call());
            } catch (Exception e) {
                System.err.println("pods placed: " + e);
            }
            Thread.getAllStackTraces().forEach((thread, frames) -> {
                if (thread.getName().equals("scheduler")) {
                    System.err.println("scheduler is " + thread.getState() + " at " + List.of(frames));
                }
            });
        }
    }

    private static boolean isOfScheduler(RecordedEvent event) {
        return event.getThread() != null && "scheduler".equals(event.getThread().getJavaName());
    }

    /**
     * Java reads a class from its archive, and links a method, when it is used first; that ends once everything has been
     * used. While it links it may show no stack, but then the monitor is one of its own.
     */
    private static boolean isFirstUse(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return event.hasField("monitorClass") && LINKING.stream()
                    .anyMatch(event.getClass("monitorClass").getName()::startsWith);
        }
        return event.getStackTrace().getFrames().stream().map(NeverBlocksTest::name)
                .anyMatch(name -> name.startsWith("java.lang.ClassLoader.loadClass")
                        || name.startsWith("java.lang.invoke.MethodHandleNatives.link"));
    }

    /** The loop's own rest while nothing is to do. */
    private static boolean isIdle(RecordedEvent event) {
        return event.getStackTrace() != null && event.getStackTrace().getFrames().stream().map(NeverBlocksTest::name)
                .anyMatch(name -> name.equals(ThreadLoop.class.getName() + ".rest"));
    }

    private static String frames(RecordedEvent event) {
        return event.getStackTrace() == null
                ? "an unknown place: " + event
                : String.join(" < ", event.getStackTrace().getFrames().stream().limit(12).map(NeverBlocksTest::name)
                        .toList());
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
