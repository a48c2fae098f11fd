package dev.longshore.sim;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Patch;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchListener;
import java.util.function.Supplier;

/** One process's way to the API, with what goes wrong on the way. */
final class FaultyApiClient implements ApiClient {
    private final ApiClient client;
    private final SimProcess process;
    private final Faults faults;

    FaultyApiClient(ApiClient client, SimProcess process, Faults faults) {
        this.client = client;
        this.process = process;
        this.faults = faults;
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        return read("get " + type + " " + key, () -> client.get(type, key));
    }

    @Override
    public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        return read("list " + type, () -> client.list(type, query));
    }

    @Override
    public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        process.requireAlive();
        faults.beforeCall(process.name(), "watch " + type);
        SimWatch<T> watch = new SimWatch<>(listener, process, faults);
        watch.start(client.watch(type, query, resourceVersion, watch));
        return watch;
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        return write("create " + name(type, object), () -> client.create(type, object));
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        faults.conflict(process.name(), "update", type, type.key(object).name());
        return write("update " + name(type, object), () -> client.update(type, object));
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        faults.conflict(process.name(), "updateStatus", type, type.key(object).name());
        return write("updateStatus " + name(type, object), () -> client.updateStatus(type, object));
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        return write("patch " + type + " " + key, () -> client.patch(type, key, patch));
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        return write("delete " + type + " " + key, () -> client.delete(type, key, query));
    }

    @Override
    public void bind(ObjectKey pod, String podUid, String node) {
        faults.conflict(process.name(), "bind", ResourceTypes.PODS, pod.name());
        write("bind " + pod + " " + node, () -> {
            client.bind(pod, podUid, node);
            return podUid;
        });
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return write("finalize " + namespace.getMetadata().getName(), () -> client.finalizeNamespace(namespace));
    }

    private <R> R read(String call, Supplier<R> action) {
        process.requireAlive();
        faults.beforeCall(process.name(), call);
        return action.get();
    }

    private <R> R write(String call, Supplier<R> action) {
        process.requireAlive();
        faults.beforeCall(process.name(), call);
        R result = action.get();
        faults.afterWrite(process, call);
        return result;
    }

    private static <T extends Message> String name(ResourceType<T> type, T object) {
        return type + " " + type.key(object);
    }
}
