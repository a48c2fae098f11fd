package dev.longshore.client.fake;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of one resource, their history, and who watches. Guarded by the lock of the client that owns it. */
final class FakeTable<T extends Message> {
    private record Change<T>(long version, Optional<T> before, Optional<T> after) {}

    private final ResourceType<T> type;
    private final TreeMap<ObjectKey, T> objects = new TreeMap<>();
    private final List<Change<T>> history = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long forgottenUpTo;

    FakeTable(ResourceType<T> type) {
        this.type = type;
    }

    Optional<T> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    List<T> list(Query query) {
        return objects.values().stream().filter(object -> matches(query, object)).toList();
    }

    void put(long version, T object) {
        record(new Change<>(version, Optional.ofNullable(objects.put(type.key(object), object)), Optional.of(object)));
    }

    /** @param last the object as it last was, with the version of its removal */
    void remove(long version, T last) {
        objects.remove(type.key(last));
        record(new Change<>(version, Optional.of(last), Optional.empty()));
    }

    Watch watch(Query query, String resourceVersion, WatchListener<T> listener) {
        Watcher watcher = new Watcher(query, listener);
        if (resourceVersion.isEmpty()) {
            list(query).forEach(object -> listener.onEvent(new WatchEvent.Added<>(object)));
        } else {
            long from = Long.parseLong(resourceVersion);
            if (from < forgottenUpTo) {
                throw ApiException.expired("too old resource version: " + from + " (" + forgottenUpTo + ")");
            }
            history.stream().filter(change -> change.version() > from).forEach(watcher::offer);
        }
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void expire() {
        if (!history.isEmpty()) {
            forgottenUpTo = history.getLast().version();
            history.clear();
        }
        List<Watcher> ended = List.copyOf(watchers);
        watchers.clear();
        ended.forEach(watcher -> watcher.listener.onEnd(ApiException.expired("too old resource version")));
    }

    private void record(Change<T> change) {
        history.add(change);
        List.copyOf(watchers).forEach(watcher -> watcher.offer(change));
    }

    private boolean matches(Query query, T object) {
        return FakeSelectors.matches(query, object, type.meta(object).getLabelsMap(),
                type.meta(object).getNamespace());
    }

    private final class Watcher {
        private final Query query;
        private final WatchListener<T> listener;

        Watcher(Query query, WatchListener<T> listener) {
            this.query = query;
            this.listener = listener;
        }

        void offer(Change<T> change) {
            boolean was = change.before().filter(object -> matches(query, object)).isPresent();
            boolean is = change.after().filter(object -> matches(query, object)).isPresent();
            if (is) {
                T object = change.after().orElseThrow();
                listener.onEvent(was ? new WatchEvent.Modified<>(object) : new WatchEvent.Added<>(object));
            } else if (was) {
                T last = change.after().orElseGet(() -> change.before().orElseThrow());
                listener.onEvent(new WatchEvent.Deleted<>(last));
            }
        }
    }
}
