package dev.longshore.common.time;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The production adapters: the machine's clock, one timer thread, the system's random source, and a virtual thread per
 * task.
 */
public final class SystemEnvironment implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timerThread;
    private final ExecutorService tasks;
    private final Environment environment;

    public SystemEnvironment() {
        timerThread = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().name("longshore-timers").daemon(true).factory());
        timerThread.setRemoveOnCancelPolicy(true);
        tasks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());
        environment = new Environment(new SystemClock(), this::after, new SystemRandomness(), tasks);
    }

    public Environment environment() {
        return environment;
    }

    private Timers.Timer after(Duration delay, Runnable action) {
        ScheduledFuture<?> future = timerThread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Cancels pending timers and interrupts running tasks; does not wait for them. */
    @Override
    public void close() {
        timerThread.shutdownNow();
        tasks.shutdownNow();
    }

    private static final class SystemClock implements Clock {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }

    private static final class SystemRandomness implements Randomness {
        private final SecureRandom random = new SecureRandom();

        @Override
        public int below(int bound) {
            return random.nextInt(bound);
        }

        @Override
        public String uuid() {
            return UUID.randomUUID().toString();
        }

        @Override
        public double fraction() {
            return random.nextDouble();
        }
    }
}
