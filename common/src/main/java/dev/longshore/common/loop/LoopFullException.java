package dev.longshore.common.loop;

/** The queue of an event loop has reached its limit: the poster must shed or slow down. */
public final class LoopFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoopFullException(String loop, int limit) {
        super("loop=" + loop + " queue is full, limit=" + limit);
    }
}
