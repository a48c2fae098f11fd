package dev.longshore.apiserver.registry;

/** A running watch of an edge. Closing it ends it; a call of the watcher may still be under way. */
public interface ObjectWatch extends AutoCloseable {
    /** The watcher can take {@code events} more; it starts with none, so nothing is sent before the first call. */
    void request(int events);

    @Override
    void close();
}
