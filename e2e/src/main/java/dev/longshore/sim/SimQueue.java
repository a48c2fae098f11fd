package dev.longshore.sim;

import dev.longshore.common.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Simulated time and what is to happen in it. What is due at one moment happens in an order that the seed draws; what
 * must stay in order is kept so by who adds it.
 */
final class SimQueue implements Clock {
    /** So many events without an end mean that something runs in circles. */
    private static final long EVENT_LIMIT = 3_000_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos)
            .thenComparingInt(Entry::tie).thenComparingLong(Entry::sequence));
    private final SimRandom ties;
    private long nowNanos;
    private long sequence;
    private long events;

    private record Entry(long atNanos, int tie, long sequence, Runnable action) {}

    SimQueue(SimRandom ties) {
        this.ties = ties;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nowNanos);
    }

    @Override
    public long nanos() {
        return nowNanos;
    }

    /** Milliseconds since the start. */
    long millis() {
        return nowNanos / 1_000_000;
    }

    void after(Duration delay, Runnable action) {
        long wait = Math.max(0, delay.toNanos());
        entries.add(new Entry(nowNanos + wait, ties.below(1 << 20), sequence++, action));
    }

    /** Lets everything happen that is due until then, and makes it that time. */
    void runUntil(Duration sinceStart) {
        long end = sinceStart.toNanos();
        while (!entries.isEmpty() && entries.peek().atNanos <= end) {
            Entry next = entries.poll();
            nowNanos = next.atNanos;
            if (++events > EVENT_LIMIT) {
                throw new IllegalStateException("more than " + EVENT_LIMIT + " events by " + now());
            }
            next.action.run();
        }
        nowNanos = Math.max(nowNanos, end);
    }

    long events() {
        return events;
    }
}
