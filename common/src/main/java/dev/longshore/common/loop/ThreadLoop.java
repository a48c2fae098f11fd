package dev.longshore.common.loop;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The event loop of production: one platform thread and a bounded queue without locks, so that neither who posts nor the
 * owner ever waits for the other; the owner rests while there is nothing to do. An action that throws breaks the state the
 * loop owns, so it goes to the fault handler and the loop ends.
 */
public final class ThreadLoop implements EventLoop, Component {
    private final String name;
    private final int queueLimit;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final Timers timers;
    private final FaultHandler faults;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean idle;

    /** @param queueLimit how many posted actions may wait before {@link #post} refuses */
    public ThreadLoop(String name, int queueLimit, Timers timers, FaultHandler faults) {
        this.name = name;
        this.queueLimit = queueLimit;
        this.timers = timers;
        this.faults = faults;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void beginStop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return !thread.isAlive() || thread.join(limit);
    }

    @Override
    public void post(Runnable action) {
        if (stopping) {
            throw new LoopClosedException(name);
        }
        if (depth.incrementAndGet() > queueLimit) {
            depth.decrementAndGet();
            throw new LoopFullException(name, queueLimit);
        }
        queue.add(action);
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Timers.Timer postAfter(Duration delay, Runnable action) {
        return timers.after(delay, () -> postLate(action));
    }

    /** Nobody is there to hear that a timed action found no room: losing it in silence would leave the owner waiting. */
    private void postLate(Runnable action) {
        try {
            post(action);
        } catch (LoopClosedException _) {
            // It came too late, as promised.
        } catch (LoopFullException e) {
            faults.fault(name, e);
        }
    }

    @Override
    public boolean isOwner() {
        return Thread.currentThread() == thread;
    }

    /** How many actions wait now; for metrics. */
    public int depth() {
        return depth.get();
    }

    private void run() {
        while (!stopping) {
            Runnable action = queue.poll();
            if (action == null) {
                rest();
            } else {
                depth.decrementAndGet();
                run(action);
            }
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            stopping = true;
            faults.fault(name, e);
        }
    }

    /** Who posts after the look at the queue sees that the thread is idle, and wakes it. */
    private void rest() {
        idle = true;
        if (queue.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        idle = false;
        if (Thread.interrupted()) {
            stopping = true;
        }
    }
}
