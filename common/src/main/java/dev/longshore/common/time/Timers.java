package dev.longshore.common.time;

import java.time.Duration;

/**
 * Runs something later. An action runs at most once, on a thread of the implementation's, and must not block: it posts
 * to a loop or starts a task.
 */
public interface Timers {
    Timer after(Duration delay, Runnable action);

    /** A pending action. Cancelling one that ran, runs or was cancelled changes nothing. */
    interface Timer {
        void cancel();
    }
}
