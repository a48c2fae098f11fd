package dev.longshore.apiserver.cache;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/** Time that a test moves by hand; tasks run inline; random numbers come from a seed. All on the test's thread. */
public final class ManualEnvironment {
    private final PriorityQueue<Pending> pending = new PriorityQueue<>();
    private final Random random;
    private long nanos;
    private long sequence;

    public ManualEnvironment(long seed) {
        this.random = new Random(seed);
    }

    public Environment environment() {
        return new Environment(new ManualClock(), this::after, new SeededRandomness(), Runnable::run);
    }

    /** Moves the time, running what falls due in order. */
    public void advance(Duration step) {
        long end = nanos + step.toNanos();
        while (!pending.isEmpty() && pending.peek().due() <= end) {
            Pending next = pending.remove();
            nanos = next.due();
            next.action().run();
        }
        nanos = end;
    }

    private Timers.Timer after(Duration delay, Runnable action) {
        Pending timer = new Pending(nanos + delay.toNanos(), sequence++, action);
        pending.add(timer);
        return () -> pending.remove(timer);
    }

    private record Pending(long due, long sequence, Runnable action) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(sequence, other.sequence);
        }
    }

    private final class ManualClock implements Clock {
        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
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
