package dev.longshore.common.lifecycle;

import java.time.Duration;

/**
 * A part of a process that is started and stopped. It owns its threads; after {@link #awaitStopped} returned true none
 * of them runs.
 */
public interface Component {
    /** The name in logs: {@code scheduler}. */
    String name();

    /** Returns once the component serves. An exception means that it did not start and holds nothing. */
    void start() throws Exception;

    /** Asks the component to end; returns at once. A second call, or a call before start, changes nothing. */
    void beginStop();

    /** Waits until the component has ended; false if it has not within {@code limit}. */
    boolean awaitStopped(Duration limit) throws InterruptedException;
}
