package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.Cached;

/**
 * Receives a watch. Changes and bookmarks together never exceed what it requested. Called by one thread at a time, in
 * order; must not block.
 */
public interface ObjectWatcher<T extends Message> {
    /**
     * A change as this watcher's selectors show it.
     *
     * @param object the same for every watcher of this change and for every list that shows it: what is encoded by
     *               {@link Cached#encoded} is encoded once. DELETED carries the last state with the revision of the
     *               change.
     */
    void onEvent(CacheEvent.Type type, Cached<T> object);

    /** Every change up to this version was told. */
    void onBookmark(String resourceVersion);

    /** Every present object has been sent; only after initialEvents. */
    void onInitialEventsEnd(String resourceVersion);

    /** The last call; EXPIRED when the watcher fell behind the history kept. */
    void onEnd(ApiException cause);
}
