package dev.longshore.common.loop;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The event loop of production: one platform thread and a bounded queue. An action that throws breaks the state the
 * loop owns, so it goes to the fault handler and the loop ends.
 */
public final class ThreadLoop implements EventLoop, Component {
    private static final Runnable WAKE = () -> {
    };

    private final String name;
    private final int queueLimit;
    private final BlockingQueue<Runnable> queue;
    private final Timers timers;
    private final FaultHandler faults;
    private final Thread thread;
    private volatile boolean stopping;

    /** @param queueLimit how many posted actions may wait before {@link #post} refuses */
    public ThreadLoop(String name, int queueLimit, Timers timers, FaultHandler faults) {
        this.name = name;
        this.queueLimit = queueLimit;
        this.queue = new ArrayBlockingQueue<>(queueLimit);
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
        // A thread that waits wakes up and sees that it is over; with a full queue it does not wait.
        queue.offer(WAKE);
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
        if (!queue.offer(action)) {
            throw new LoopFullException(name, queueLimit);
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
        return queue.size();
    }

    private void run() {
        while (!stopping) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                stopping = true;
            } catch (RuntimeException | Error e) {
                stopping = true;
                faults.fault(name, e);
            }
        }
    }
}
