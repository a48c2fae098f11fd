package dev.longshore.apiserver.cache;

/** A running watch of a cache. No call blocks. */
public interface CacheWatch extends AutoCloseable {
    /** Tells that the watcher has room again. */
    void ready();

    /** Asks for {@link CacheWatcher#onBookmark} as soon as everything the cache has was delivered. */
    void requestBookmark();

    /** Ends the watch; a call of the watcher may still be under way. */
    @Override
    void close();
}
