package dev.longshore.controllers.simulated;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Patch;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.client.fake.SimulatedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** The way to the API of one incarnation of the controllers: watch events are late, and it dies after a write. */
final class ShakyClient implements ApiClient {
    private static final int LAG_LIMIT_MILLIS = 200;

    private final ApiClient api;
    private final SimulatedTime time;
    private int writesLeft;
    private boolean dead;

    /** @param writesLeft how many writes go through before the process dies */
    ShakyClient(ApiClient api, SimulatedTime time, int writesLeft) {
        this.api = api;
        this.time = time;
        this.writesLeft = writesLeft;
    }

    boolean dead() {
        return dead;
    }

    void kill() {
        dead = true;
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        return call(() -> api.get(type, key));
    }

    @Override
    public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        return call(() -> api.list(type, query));
    }

    @Override
    public <T extends Message> Watch watch(ResourceType<T> type, Query query, String version,
            WatchListener<T> listener) {
        return call(() -> api.watch(type, query, version, new Late<>(listener)));
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        return write(type, () -> api.create(type, object));
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        return write(type, () -> api.update(type, object));
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        return write(type, () -> api.updateStatus(type, object));
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return write(ResourceTypes.NAMESPACES, () -> api.finalizeNamespace(namespace));
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        return write(type, () -> api.patch(type, key, patch));
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        return write(type, () -> api.delete(type, key, query));
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        return api.bind(placements, term);
    }

    private <R> R call(Supplier<R> call) {
        if (dead) {
            throw ApiException.of(Reason.SERVICE_UNAVAILABLE, "this process is dead");
        }
        return call.get();
    }

    private <R> R write(ResourceType<?> type, Supplier<R> call) {
        R answer = call(call);
        if (type != ResourceTypes.EVENTS && --writesLeft == 0) {
            dead = true;
            // The write has happened; nobody hears of it.
            throw ApiException.of(Reason.TIMEOUT, "died after a write");
        }
        return answer;
    }

    private final class Late<T extends Message> implements WatchListener<T> {
        private final WatchListener<T> listener;
        private final Queue<WatchEvent<T>> events = new ArrayDeque<>();

        Late(WatchListener<T> listener) {
            this.listener = listener;
        }

        @Override
        public void onEvent(WatchEvent<T> event) {
            events.add(event);
            time.after(Duration.ofMillis(time.below(LAG_LIMIT_MILLIS)), this::deliver);
        }

        private void deliver() {
            if (!dead) {
                listener.onEvent(events.remove());
            }
        }

        @Override
        public void onEnd(ApiException cause) {
            time.after(Duration.ofMillis(LAG_LIMIT_MILLIS), () -> {
                if (!dead) {
                    listener.onEnd(cause);
                }
            });
        }
    }
}
