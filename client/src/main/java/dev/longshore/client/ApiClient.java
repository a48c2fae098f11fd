package dev.longshore.client;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.core.v1.Namespace;
import java.util.ArrayList;
import java.util.List;

/**
 * The one way to the cluster's state: in-process in the all-in-one, gRPC elsewhere, inline in the simulator.
 *
 * <p>Calls block until the API server has answered, so they belong on task threads and never on an event loop. Every
 * call fails with {@link ApiException}; one that fails with SERVICE_UNAVAILABLE or TIMEOUT may or may not have taken
 * effect. Objects are immutable and may be shared with a cache.
 */
public interface ApiClient {
    <T extends Message> T get(ResourceType<T> type, ObjectKey key);

    <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query);

    /**
     * Tells {@code listener} what changes after {@code resourceVersion}; with "" first every present object as Added.
     * Returns at once. The listener is called by one thread at a time, in order, and must not block.
     */
    <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener);

    /** Answers the object as stored. With a {@code generateName} and no name, the server names it. */
    <T extends Message> T create(ResourceType<T> type, T object);

    /**
     * Creates many objects, each for itself, for far less than as many calls cost if those of a namespace stand
     * together. Never fails as a whole.
     *
     * @return one outcome for each object, in their order
     */
    default <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> objects) {
        List<CreateOutcome<T>> outcomes = new ArrayList<>();
        for (T object : objects) {
            try {
                outcomes.add(new CreateOutcome.Created<>(create(type, object)));
            } catch (ApiException e) {
                outcomes.add(new CreateOutcome.Refused<>(e));
            }
        }
        return outcomes;
    }

    /** Replaces all but the status. Fails with CONFLICT when the object has another resourceVersion by now. */
    <T extends Message> T update(ResourceType<T> type, T object);

    /** Replaces the status alone. Fails with CONFLICT when the object has another resourceVersion by now. */
    <T extends Message> T updateStatus(ResourceType<T> type, T object);

    <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch);

    <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query);

    /**
     * Binds pods to nodes. Never fails as a whole: of a call without an answer each pod's outcome is a refusal that says
     * so. A few hundred pods in one call cost far less than as many calls.
     *
     * @param term of the leader that decided this; once it is over every pod is refused with CONFLICT
     * @return one outcome for each placement, in their order
     */
    List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term);

    /**
     * Replaces {@code spec.finalizers} of a namespace, which {@link #update} leaves alone: the {@code finalize}
     * subresource. The namespace is gone with its last finalizer if it was deleted before.
     */
    Namespace finalizeNamespace(Namespace namespace);
}
