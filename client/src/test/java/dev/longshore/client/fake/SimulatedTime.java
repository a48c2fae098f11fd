package dev.longshore.client.fake;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Clock, timers, tasks and randomness of one seed, for tests. Everything runs on the thread that lets time pass. */
public final class SimulatedTime {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private record Due(long nanos, long order, Runnable action) {}

    private final Instant begin;
    private final Random random;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>(
            Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long nanos;
    private long order;

    public SimulatedTime(long seed) {
        this(seed, BEGIN);
    }

    public SimulatedTime(long seed, Instant begin) {
        this.begin = begin;
        this.random = new Random(seed);
    }

    /** Tasks wait until time passes, and come before any timer. */
    public Environment environment() {
        return environment(tasks::add);
    }

    /** Tasks run inside the call that hands them over. */
    public Environment inlineEnvironment() {
        return environment(Runnable::run);
    }

    private Environment environment(Executor executor) {
        return new Environment(new SimulatedClock(), this::after, new SeededRandomness(), executor);
    }

    public Instant now() {
        return begin.plusNanos(nanos);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** What is due at the same moment runs in the order in which it was asked for. */
    public Timers.Timer after(Duration delay, Runnable action) {
        Due due = new Due(nanos + delay.toNanos(), order++, action);
        timers.add(due);
        return () -> timers.remove(due);
    }

    /** Lets so much time pass, or less if {@code done} comes first; answers whether it is done. */
    public boolean advanceUntil(BooleanSupplier done, Duration limit) {
        long end = nanos + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (!tasks.isEmpty()) {
                tasks.remove().run();
            } else if (timers.isEmpty() || timers.peek().nanos() > end) {
                nanos = end;
                return done.getAsBoolean();
            } else {
                Due due = timers.remove();
                nanos = Math.max(nanos, due.nanos());
                due.action().run();
            }
        }
        return true;
    }

    public void advance(Duration time) {
        advanceUntil(() -> false, time);
    }

    private final class SimulatedClock implements Clock {
        @Override
        public Instant now() {
            return SimulatedTime.this.now();
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }

    private final class SeededRandomness implements Randomness {
        @Override
        public int below(int bound) {
            return random.nextInt(bound);
        }

        @Override
        public String uuid() {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }

        @Override
        public double fraction() {
            return random.nextDouble();
        }
    }
}
