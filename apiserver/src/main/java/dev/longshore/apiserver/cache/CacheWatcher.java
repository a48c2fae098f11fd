package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import java.util.List;

/** Receives the changes of a cache. Called by one thread at a time, in order of revision. */
public interface CacheWatcher<V> {
    /**
     * Changes, none left out.
     *
     * @return whether there is room for more. After false nothing comes until {@link CacheWatch#ready}; a ready()
     *     during this call counts.
     */
    boolean onEvents(List<CacheEvent<V>> events);

    /** Every change up to {@code revision} has been delivered. */
    void onBookmark(long revision);

    /** The last call: the watcher fell behind (EXPIRED) or the cache was closed. Not called after its own close. */
    void onEnd(ApiException reason);
}
