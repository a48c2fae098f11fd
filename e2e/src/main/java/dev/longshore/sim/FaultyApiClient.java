package dev.longshore.sim;

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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

    /** Each pod by itself may conflict; the call may fail as a whole, or its answer be lost. */
    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        List<BindOutcome> outcomes = new ArrayList<>();
        List<PodPlacement> passed = new ArrayList<>();
        for (PodPlacement placement : placements) {
            outcomes.add(conflict(placement));
            if (outcomes.getLast() instanceof BindOutcome.Bound) {
                passed.add(placement);
            }
        }
        Iterator<BindOutcome> answers = answers(passed, term).iterator();
        outcomes.replaceAll(outcome -> outcome instanceof BindOutcome.Bound ? answers.next() : outcome);
        return outcomes;
    }

    private BindOutcome conflict(PodPlacement placement) {
        try {
            faults.conflict(process.name(), "bind", ResourceTypes.PODS, placement.pod().name());
            return new BindOutcome.Bound();
        } catch (ApiException e) {
            return new BindOutcome.Refused(e);
        }
    }

    private List<BindOutcome> answers(List<PodPlacement> placements, LeaderTerm term) {
        String pods = placements.stream().map(placement -> placement.pod() + " " + placement.node())
                .collect(Collectors.joining(", "));
        try {
            return write("bind " + pods, () -> client.bind(placements, term));
        } catch (ApiException e) {
            return Collections.nCopies(placements.size(), new BindOutcome.Refused(e));
        }
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
