package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.ObjectList;
import dev.longshore.client.PodPlacement;
import java.util.List;

/**
 * What the API does with objects, whichever edge a request came by: admission, validation, the rules of each resource,
 * and the store behind them. Edges have authenticated, authorised and decoded the request before they call.
 *
 * <p>Calls block until the store has answered and so belong on task threads; they are safe from any number of them. They
 * fail with {@link dev.longshore.api.ApiException}. Objects are immutable and shared with the watch cache.
 */
public interface Registry {
    <T extends Message> T get(ResourceType<T> type, ObjectKey key, ReadContext context);

    <T extends Message> Page<T> list(ResourceType<T> type, ListRequest request, ReadContext context);

    /**
     * Starts a watch; returns at once. A version that is too old fails here with EXPIRED when that is known by now.
     */
    <T extends Message> ObjectWatch watch(ResourceType<T> type, WatchRequest request, ObjectWatcher<T> watcher,
            ReadContext context);

    /**
     * Stores a new object.
     *
     * @param object in {@link dev.longshore.api.json.Canonical} form, as whatever was decoded is; it is brought into
     *               that form again after defaults and admission
     */
    <T extends Message> T create(ResourceType<T> type, T object, WriteContext context);

    /** As {@link #create}, each object for itself, written together; one outcome for each, in their order. */
    <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> objects,
            WriteContext context);

    /**
     * Replaces an object, or the part of it that {@code subresource} names ("" or "status").
     *
     * @param object the name and namespace within it equal {@code key}, else BAD_REQUEST
     */
    <T extends Message> T update(ResourceType<T> type, ObjectKey key, String subresource, T object,
            WriteContext context);

    /** Applies a patch to an object, or the part of it that {@code subresource} names. */
    <T extends Message> T patch(ResourceType<T> type, ObjectKey key, String subresource, PatchRequest patch,
            WriteContext context);

    <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteOptions options,
            WriteContext context);

    /** Deletes every object of the list request, one by one; answers those it found. */
    <T extends Message> ObjectList<T> deleteCollection(ResourceType<T> type, ListRequest request, DeleteOptions options,
            WriteContext context);

    /** Reads a subresource whose message is another kind than the object's: {@code scale}. */
    Message getSubresource(ResourceType<?> type, ObjectKey key, String subresource, ReadContext context);

    /**
     * Writes a subresource whose message is another kind: {@code scale} (autoscaling/v1 Scale), {@code binding}
     * (core/v1 Binding), {@code eviction} (policy/v1 Eviction), {@code finalize} (core/v1 Namespace).
     */
    Message writeSubresource(ResourceType<?> type, ObjectKey key, String subresource, Message body,
            WriteContext context);

    /**
     * Binds pods, by the rules of the subresource {@code binding}, and writes them together.
     *
     * @param term refused once it is over, as the Lease has it now; a term that ends while the pods are written does not
     *             stop them
     * @return one outcome for each placement, in their order
     */
    List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term, WriteContext context);

    /** Applies a patch to a subresource whose message is another kind: {@code scale}. */
    Message patchSubresource(ResourceType<?> type, ObjectKey key, String subresource, PatchRequest patch,
            WriteContext context);
}
