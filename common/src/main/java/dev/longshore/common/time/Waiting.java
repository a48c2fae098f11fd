package dev.longshore.common.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Waits on the calling thread for something that cannot call back: a process, a file, another machine. For task threads
 * and commands only; event loops use timers.
 */
public final class Waiting {
    private final Environment environment;
    private final Duration step;

    /** @param step how long to wait between two looks */
    public Waiting(Environment environment, Duration step) {
        this.environment = environment;
        this.step = step;
    }

    /** Looks until {@code done} or the limit; true if it is done. */
    public boolean until(BooleanSupplier done, Duration limit) throws InterruptedException {
        long deadline = environment.clock().nanos() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (environment.clock().nanos() >= deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Waits for one step. */
    public void pause() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        environment.timers().after(step, over::countDown);
        over.await();
    }
}
