package dev.longshore.client.queue;

import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys that wait for work, and the dispatch of that work to tasks.
 *
 * <p>A key waits at most once, however often it is added. It is never worked on twice at once: one that is added while
 * its work runs waits until that ends. Different keys run in parallel, up to {@link QueueLimits#workers}. Keys are
 * started in the order in which they became due. Nothing blocks on the queue, so an environment with a single thread
 * works too.
 *
 * <p>Example: {@code add(a); add(a); add(b)} with one worker runs a, then b. If a is added while it runs, the order is
 * a, b, a.
 *
 * @param <K> a value with {@code equals}
 */
public final class WorkQueue<K> {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
    // 2^20 times any first back-off is past every cap, and does not overflow.
    private static final int DOUBLINGS_LIMIT = 20;

    private record Delayed(long dueNanos, Timers.Timer timer) {}

    private final String name;
    private final QueueLimits limits;
    private final Environment environment;
    private final Function<K, Turn> work;
    private final QueueMetrics metrics;
    private final Map<K, Long> waiting = new LinkedHashMap<>();
    private final Map<K, Long> running = new LinkedHashMap<>();
    private final Set<K> again = new HashSet<>();
    private final Map<K, Delayed> delayed = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean started;
    private boolean stopped;

    /** @param work runs on a task of the environment; an exception counts as {@link Turn.Failed} */
    public WorkQueue(String name, QueueLimits limits, Environment environment, MeterRegistry registry,
            Function<K, Turn> work) {
        this.name = name;
        this.limits = limits;
        this.environment = environment;
        this.work = work;
        this.metrics = new QueueMetrics(name, registry, this::depth, this::longestRunningSeconds);
    }

    /** Begins to work; keys may have been added before. */
    public synchronized void start() {
        started = true;
        dispatch();
    }

    /** Starts nothing more; what runs goes on. */
    public synchronized void stop() {
        stopped = true;
        delayed.values().forEach(entry -> entry.timer().cancel());
        delayed.clear();
        waiting.clear();
        again.clear();
    }

    /** Whether no work is under way. */
    public synchronized boolean idle() {
        return running.isEmpty();
    }

    /** The key is due now. */
    public synchronized void add(K key) {
        if (stopped) {
            return;
        }
        cancelDelay(key);
        if (running.containsKey(key)) {
            if (again.add(key)) {
                metrics.added();
            }
        } else if (waiting.putIfAbsent(key, environment.clock().nanos()) == null) {
            metrics.added();
            dispatch();
        }
    }

    /** The key is due after {@code delay}; the earliest of several delays counts. */
    public synchronized void addAfter(K key, Duration delay) {
        if (stopped) {
            return;
        }
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        long due = environment.clock().nanos() + delay.toNanos();
        Delayed before = delayed.get(key);
        if (before == null || due - before.dueNanos() < 0) {
            cancelDelay(key);
            delayed.put(key, new Delayed(due, environment.timers().after(delay, () -> delayEnded(key, due))));
        }
    }

    /** How many keys wait to be started. */
    public synchronized int depth() {
        return waiting.size() + again.size();
    }

    private synchronized void delayEnded(K key, long due) {
        Delayed entry = delayed.get(key);
        // A timer that fired while it was being replaced is not the key's any more.
        if (entry != null && entry.dueNanos() == due) {
            add(key);
        }
    }

    private void cancelDelay(K key) {
        Optional.ofNullable(delayed.remove(key)).ifPresent(entry -> entry.timer().cancel());
    }

    private void dispatch() {
        while (started && !stopped && running.size() < limits.workers() && !waiting.isEmpty()) {
            Map.Entry<K, Long> first = waiting.entrySet().iterator().next();
            K key = first.getKey();
            long now = environment.clock().nanos();
            metrics.waited(now - first.getValue());
            waiting.remove(key);
            running.put(key, now);
            environment.tasks().execute(() -> run(key));
        }
    }

    private void run(K key) {
        Turn turn = new Turn.Failed();
        try {
            turn = work.apply(key);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "queue=" + name + " key=" + key + " work failed", e);
        } finally {
            finish(key, turn);
        }
    }

    private synchronized void finish(K key, Turn turn) {
        metrics.worked(environment.clock().nanos() - running.remove(key));
        switch (turn) {
            case Turn.Done() -> failures.remove(key);
            case Turn.After(Duration delay) -> {
                failures.remove(key);
                addAfter(key, delay);
            }
            case Turn.Failed() -> {
                metrics.retried();
                addAfter(key, backOff(failures.merge(key, 1, Integer::sum)));
            }
        }
        // A change during the work is due now, but not ahead of the back-off of a failed try.
        if (again.remove(key) && !(turn instanceof Turn.Failed)) {
            add(key);
        }
        dispatch();
    }

    /** Doubled with each failure, capped, the upper half of it random. */
    private Duration backOff(int failed) {
        long cap = limits.lastBackOff().toNanos();
        long full = Math.min(cap, limits.firstBackOff().toNanos() << Math.min(failed - 1, DOUBLINGS_LIMIT));
        return Duration.ofNanos(full / 2 + (long) (full / 2 * environment.randomness().fraction()) + 1);
    }

    private synchronized double longestRunningSeconds() {
        long now = environment.clock().nanos();
        return running.values().stream().mapToLong(begun -> now - begun).max().orElse(0) / 1e9;
    }
}
