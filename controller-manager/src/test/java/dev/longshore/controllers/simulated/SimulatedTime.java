package dev.longshore.controllers.simulated;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Clock, timers, tasks and randomness of one seed, run by the calling thread. */
public final class SimulatedTime {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private record Due(long nanos, long order, Runnable action) {}

    private final Random random;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>(
            Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long nanos;
    private long order;

    public SimulatedTime(long seed) {
        random = new Random(seed);
    }

    public Environment environment() {
        return new Environment(new SimulatedClock(), (delay, action) -> {
            Due due = new Due(nanos + delay.toNanos(), order++, action);
            timers.add(due);
            return () -> timers.remove(due);
        }, new SeededRandomness(), tasks::add);
    }

    public Instant now() {
        return BEGIN.plusNanos(nanos);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public void after(Duration delay, Runnable action) {
        timers.add(new Due(nanos + delay.toNanos(), order++, action));
    }

    /** Runs for so long, or until {@code done}; answers whether it is done. */
    public boolean runUntil(BooleanSupplier done, Duration limit) {
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

    public void run(Duration duration) {
        runUntil(() -> false, duration);
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
