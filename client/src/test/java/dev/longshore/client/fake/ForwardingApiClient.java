package dev.longshore.client.fake;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
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
import java.util.List;

/** Passes every call on, for tests that change or count some. */
public abstract class ForwardingApiClient implements ApiClient {
    protected final ApiClient client;

    protected ForwardingApiClient(ApiClient client) {
        this.client = client;
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
        return client.create(type, object);
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        return client.update(type, object);
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        return client.updateStatus(type, object);
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        return client.patch(type, key, patch);
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        return client.delete(type, key, query);
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        return client.bind(placements, term);
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return client.finalizeNamespace(namespace);
    }
}
