package dev.longshore.common.loop;

import dev.longshore.common.time.Timers;
import java.time.Duration;

/**
 * One owner thread and the queue in front of it. Whatever state belongs to the loop is touched only from its actions,
 * so it needs no lock. Actions run one after the other in the order posted, and must not block.
 */
public interface EventLoop {
    /**
     * Runs {@code action} on the owner thread after everything posted before it. Never blocks.
     *
     * @throws LoopFullException when the queue has reached its limit
     * @throws LoopClosedException when the loop has stopped
     */
    void post(Runnable action);

    /** Posts {@code action} after {@code delay}; nothing happens if the loop has stopped by then. */
    Timers.Timer postAfter(Duration delay, Runnable action);

    /** Whether the calling thread is the owner. */
    boolean isOwner();
}
