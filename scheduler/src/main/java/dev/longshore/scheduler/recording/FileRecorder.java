package dev.longshore.scheduler.recording;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.loop.LoopClosedException;
import dev.longshore.common.loop.LoopFullException;
import dev.longshore.scheduler.cycle.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records into a file. The scheduler's thread only leaves what it saw in the queue of another loop, which encodes and
 * writes; when that loop falls too far behind or cannot write, recording ends, the file and the log say so, and the
 * scheduler goes on.
 *
 * <p>That loop is to be started before and stopped after this component.
 */
public final class FileRecorder implements Recorder, Component {
    /** How many lines may wait: as many as events in front of the scheduler. The objects in them are shared with it. */
    public static final int WAITING_LIMIT = 1_000_000;
    /** How many actions the loop's own queue has to hold. */
    public static final int LOOP_QUEUE_LIMIT = WAITING_LIMIT + 16;

    private final EventLoop writing;
    private final RecordingWriter writer;
    private final String configuration;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ended;
    private volatile boolean overflown;

    /**
     * @param writing       what writes
     * @param configuration the text of the scheduler's configuration file; "" if it has none
     */
    public FileRecorder(EventLoop writing, RecordingOutput file, String configuration) {
        this(writing, file, configuration, WAITING_LIMIT);
    }

    FileRecorder(EventLoop writing, RecordingOutput file, String configuration, int limit) {
        this.writing = writing;
        this.writer = new RecordingWriter(file, RecordingWriter.FILE_LIMIT_BYTES);
        this.configuration = configuration;
        this.limit = limit;
    }

    @Override
    public void begun(long seed) {
        add(lines -> lines.header(new Header(seed, configuration)));
    }

    @Override
    public void handled(Arrival arrival, Instant at, Optional<Intent> decision) {
        add(lines -> lines.handled(arrival, at, decision));
    }

    @Override
    public void settled(Instant at, Optional<Intent> decision) {
        add(lines -> lines.settled(at, decision));
    }

    @Override
    public void stepped(Instant at, Optional<Intent> decision) {
        add(lines -> lines.stepped(at, decision));
    }

    private void add(RecordingWriter.Line line) {
        if (ended) {
            return;
        }
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            overflow();
        } else {
            post(() -> write(line));
        }
    }

    private void overflow() {
        ended = true;
        overflown = true;
        // Whoever writes may have caught up already, with nothing left behind which to look.
        post(this::caughtUp);
    }

    private void post(Runnable action) {
        try {
            writing.post(action);
        } catch (LoopFullException _) {
            ended = true;
            overflown = true;
        } catch (LoopClosedException _) {
            ended = true;
        }
    }

    private void write(RecordingWriter.Line line) {
        if (!writer.write(line)) {
            ended = true;
        }
        if (waiting.decrementAndGet() == 0) {
            caughtUp();
        }
    }

    private void caughtUp() {
        if (overflown) {
            writer.cut("the scheduler was " + limit + " lines ahead");
        } else if (!writer.flush()) {
            ended = true;
        }
    }

    @Override
    public String name() {
        return "scheduler-recorder";
    }

    @Override
    public void start() {
    }

    /** What was recorded until now is written still. */
    @Override
    public void beginStop() {
        if (closed.getCount() > 0) {
            post(() -> {
                caughtUp();
                writer.close();
                ended = true;
                closed.countDown();
            });
        }
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
