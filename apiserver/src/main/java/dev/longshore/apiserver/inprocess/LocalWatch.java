package dev.longshore.apiserver.inprocess;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.registry.ObjectWatch;
import dev.longshore.apiserver.registry.ObjectWatcher;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.util.Optional;

/** Hands a registry's events to a listener, asking for more as they are taken. */
final class LocalWatch<T extends Message> implements Watch, ObjectWatcher<T> {
    /** Events asked for ahead of the listener. */
    private static final int AHEAD = 64;

    private final WatchListener<T> listener;
    private volatile Optional<ObjectWatch> running = Optional.empty();
    private volatile boolean closed;

    LocalWatch(WatchListener<T> listener) {
        this.listener = listener;
    }

    /** Until then the registry sends nothing, because nothing is asked for. */
    void start(ObjectWatch watch) {
        running = Optional.of(watch);
        watch.request(AHEAD);
    }

    @Override
    public void onEvent(CacheEvent.Type type, Cached<T> object) {
        pass(switch (type) {
            case ADDED -> new WatchEvent.Added<>(object.value());
            case MODIFIED -> new WatchEvent.Modified<>(object.value());
            case DELETED -> new WatchEvent.Deleted<>(object.value());
        });
    }

    @Override
    public void onBookmark(String resourceVersion) {
        pass(new WatchEvent.Bookmark<>(resourceVersion));
    }

    private void pass(WatchEvent<T> event) {
        if (!closed) {
            listener.onEvent(event);
            running.ifPresent(watch -> watch.request(1));
        }
    }

    @Override
    public void onInitialEventsEnd(String resourceVersion) {
        pass(new WatchEvent.Bookmark<>(resourceVersion));
    }

    @Override
    public void onEnd(ApiException cause) {
        if (!closed) {
            listener.onEnd(cause);
        }
    }

    @Override
    public void close() {
        closed = true;
        running.ifPresent(ObjectWatch::close);
    }
}
