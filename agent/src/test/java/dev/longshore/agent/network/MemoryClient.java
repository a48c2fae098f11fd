package dev.longshore.agent.network;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Patch;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lists and watches of objects that a test puts in; nothing else. */
public final class MemoryClient implements ApiClient {
    private final Map<String, Map<ObjectKey, Message>> objects = new HashMap<>();
    private final Map<String, List<Consumer<Message>>> watchers = new HashMap<>();
    private long version = 1;

    /** Adds or changes an object. */
    public synchronized <T extends Message> void put(ResourceType<T> type, T object) {
        T stored = type.withMeta(object,
                type.meta(object).toBuilder().setResourceVersion(Long.toString(++version)).build());
        objects.computeIfAbsent(type.toString(), _ -> new HashMap<>()).put(type.key(stored), stored);
        watchers.getOrDefault(type.toString(), List.of()).forEach(watcher -> watcher.accept(stored));
    }

    @Override
    public synchronized <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        return new ObjectList<>(Long.toString(version),
                objects.getOrDefault(type.toString(), Map.of()).values().stream().map(type::cast).toList());
    }

    @Override
    public synchronized <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        Consumer<Message> watcher = object -> listener.onEvent(new WatchEvent.Modified<>(type.cast(object)));
        long from = Long.parseLong(resourceVersion);
        objects.getOrDefault(type.toString(), Map.of()).values().stream()
                .filter(object -> Long.parseLong(type.meta(type.cast(object)).getResourceVersion()) > from)
                .forEach(watcher);
        watchers.computeIfAbsent(type.toString(), _ -> new ArrayList<>()).add(watcher);
        return () -> {
        };
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bind(ObjectKey pod, String podUid, String node) {
        throw new UnsupportedOperationException();
    }
}
