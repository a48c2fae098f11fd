package dev.longshore.client;

/** A running watch. */
public interface Watch extends AutoCloseable {
    /** Ends the watch; a call of the listener may still be under way when this returns. */
    @Override
    void close();
}
