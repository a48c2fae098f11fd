package dev.longshore.client;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;

/** Receives a watch. Called by one thread at a time; must not block. */
public interface WatchListener<T extends Message> {
    void onEvent(WatchEvent<T> event);

    /**
     * The last call: the watch has ended. EXPIRED means that the version is too old and a list is needed; anything else,
     * that a new watch from the last seen version may go on. Not called after {@link Watch#close}.
     */
    void onEnd(ApiException cause);
}
