package dev.longshore.controllers.runner;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
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
import dev.longshore.client.WatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The client of one reconcile: passes every call on and notes what was written. Used by one thread. */
final class TrackingClient implements ApiClient {
    private final ApiClient client;
    private final List<Write> writes = new ArrayList<>();

    TrackingClient(ApiClient client) {
        this.client = client;
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        return client.get(type, key);
    }

    @Override
    public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        return client.list(type, query);
    }

    @Override
    public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        return client.watch(type, query, resourceVersion, listener);
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        return note(type, type.meta(object).getNamespace(), () -> client.create(type, object));
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        return note(type, type.meta(object).getNamespace(), () -> client.update(type, object));
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        return note(type, type.meta(object).getNamespace(), () -> client.updateStatus(type, object));
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return note(ResourceTypes.NAMESPACES, "", () -> client.finalizeNamespace(namespace));
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        return note(type, key.namespace(), () -> client.patch(type, key, patch));
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        return note(type, key.namespace(), Deletion::object, () -> client.delete(type, key, query));
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        placements.forEach(placement -> writes.add(new Write(ResourceTypes.PODS, placement.pod().namespace(), "")));
        return client.bind(placements, term);
    }

    private <T extends Message> T note(ResourceType<T> type, String namespace, Supplier<T> call) {
        return note(type, namespace, Function.identity(), call);
    }

    private <T extends Message, R> R note(ResourceType<T> type, String namespace, Function<R, T> object,
            Supplier<R> call) {
        try {
            R answer = call.get();
            writes.add(new Write(type, namespace, type.meta(object.apply(answer)).getResourceVersion()));
            return answer;
        } catch (ApiException e) {
            if (answerLost(e)) {
                writes.add(new Write(type, namespace, ""));
            }
            throw e;
        } catch (RuntimeException e) {
            writes.add(new Write(type, namespace, ""));
            throw e;
        }
    }

    private static boolean answerLost(ApiException e) {
        return switch (e.reason()) {
            case SERVICE_UNAVAILABLE, TIMEOUT, INTERNAL_ERROR -> true;
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, ALREADY_EXISTS,
                    CONFLICT, EXPIRED, REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID,
                    TOO_MANY_REQUESTS ->
                false;
        };
    }
}
