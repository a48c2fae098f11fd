package dev.longshore.common.loop;

/** An action was posted to an event loop that has stopped. */
public final class LoopClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoopClosedException(String loop) {
        super("loop=" + loop + " has stopped");
    }
}
