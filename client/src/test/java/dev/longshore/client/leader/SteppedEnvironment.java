package dev.longshore.client.leader;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when the test says so; tasks run inline. */
public final class SteppedEnvironment {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Pending(long atNanos, Runnable action) {}

    private final List<Pending> pending = new ArrayList<>();
    private long nanos;
    private int ids;

    public Environment environment() {
        Clock clock = new Clock() {
            @Override
            public Instant now() {
                return START.plusNanos(nanos);
            }

            @Override
            public long nanos() {
                return nanos;
            }
        };
        Randomness randomness = new Randomness() {
            @Override
            public int below(int bound) {
                return 0;
            }

            @Override
            public String uuid() {
                return "%08x-0000-4000-8000-000000000000".formatted(++ids);
            }

            @Override
            public double fraction() {
                return 0;
            }
        };
        return new Environment(clock, this::after, randomness, Runnable::run);
    }

    private Timers.Timer after(Duration delay, Runnable action) {
        Pending timer = new Pending(nanos + delay.toNanos(), action);
        pending.add(timer);
        return () -> pending.remove(timer);
    }

    /** Lets time pass, running what falls due in its order. */
    public void advance(Duration time) {
        long end = nanos + time.toNanos();
        Optional<Pending> next = due(end);
        while (next.isPresent()) {
            pending.remove(next.get());
            nanos = next.get().atNanos();
            next.get().action().run();
            next = due(end);
        }
        nanos = end;
    }

    private Optional<Pending> due(long endNanos) {
        return pending.stream().filter(timer -> timer.atNanos() <= endNanos)
                .min(Comparator.comparingLong(Pending::atNanos));
    }
}
