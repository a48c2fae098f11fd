package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.client.WatchEvent;

/**
 * Receives a watch, never more events than it requested. Called by one thread at a time, in order; must not block.
 */
public interface ObjectWatcher<T extends Message> {
    /** {@code shared} is the same instance for every watcher of this change: encode it once. */
    void onEvent(WatchEvent<T> event, SharedEncoding shared);

    /** Every present object has been sent; only after initialEvents. */
    void onInitialEventsEnd(String resourceVersion);

    /** The last call; EXPIRED when the watcher fell behind the history kept. */
    void onEnd(ApiException cause);
}
