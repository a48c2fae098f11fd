package dev.longshore.cli;

import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A steady stream of requests, each on a new connection, whatever becomes of those before: an open loop, so that a
 * slow answer does not slow the load.
 */
final class Load implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int FAILURES_KEPT = 5;

    private final Environment environment;
    private final String host;
    private final int port;
    private final Duration period;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> versions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Load(Environment environment, String host, int port, int perSecond) {
        this.environment = environment;
        this.host = host;
        this.port = port;
        this.period = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    void start() {
        next(environment.clock().nanos());
    }

    private void next(long due) {
        if (closed) {
            return;
        }
        environment.tasks().execute(this::request);
        long after = due + period.toNanos();
        Duration wait = Duration.ofNanos(Math.max(0, after - environment.clock().nanos()));
        environment.timers().after(wait, () -> next(after));
    }

    private void request() {
        sent.incrementAndGet();
        try {
            Map<String, String> answer = PlainHttp.get(host, port, "/cgi-bin/hello", ANSWER_LIMIT);
            versions.computeIfAbsent(answer.getOrDefault("version", "none"), _ -> new AtomicInteger())
                    .incrementAndGet();
            answered.incrementAndGet();
        } catch (IOException e) {
            failed.incrementAndGet();
            if (failures.size() < FAILURES_KEPT) {
                failures.add(environment.clock().now() + " " + e);
            }
        }
    }

    int sent() {
        return sent.get();
    }

    int failed() {
        return failed.get();
    }

    /** The first failures, for the report. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    boolean idle() {
        return answered.get() + failed.get() == sent.get();
    }

    boolean saw(String version) {
        return versions.containsKey(version);
    }

    @Override
    public void close() {
        closed = true;
    }
}
