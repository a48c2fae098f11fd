package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.apiserver.admission.AdmissionChain;
import dev.longshore.apiserver.allocation.ServiceAllocator;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.store.Store;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.ObjectList;
import dev.longshore.client.PodPlacement;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registry over a {@link Store}. Lists and watches are served from memory, by one watch cache for each resource
 * that is used; nobody is refused anything by it. Any number of API servers may run over one store, and the conditional writes
 * of the store decide between them.
 *
 * <p>Over a store that runs inline, with an executor that does too, everything happens on the calling thread.
 */
public final class StoreRegistry implements Registry, AutoCloseable {
    private final ObjectCaches caches;
    private final RegistryParts parts;
    private final Creation creation;
    private final Update update;
    private final Removal removal;
    private final Lists lists;
    private final Watches watches;
    private final Subresources subresources;
    private final Bindings bindings;

    /** A registry whose caches are measured by nobody. */
    public StoreRegistry(Store store, ClusterConfig config, Environment environment) {
        this(store, config, environment, new SimpleMeterRegistry());
    }

    /** A registry that serves at once; {@link #close} ends its watches. It does not close the store. */
    public StoreRegistry(Store store, ClusterConfig config, Environment environment, MeterRegistry meters) {
        caches = new ObjectCaches(store, environment, meters);
        ObjectStorage storage = new ObjectStorage(store, caches);
        parts = new RegistryParts(storage, caches, new Resources(), AdmissionChain.standard(storage),
                new ServiceAllocator(store, storage, config, environment, ObjectStorage::await),
                environment.clock(), environment.randomness());
        creation = new Creation(parts);
        update = new Update(parts, creation);
        removal = new Removal(parts);
        lists = new Lists(parts);
        watches = new Watches(parts, environment);
        subresources = new Subresources(parts, update, removal);
        bindings = new Bindings(parts);
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key, ReadContext context) {
        parts.resources().of(type);
        return parts.storage().find(type, key).orElseThrow(() -> ApiException.notFound(type, key.name()));
    }

    @Override
    public <T extends Message> Page<T> list(ResourceType<T> type, ListRequest request, ReadContext context) {
        return lists.list(type, request);
    }

    @Override
    public <T extends Message> ObjectWatch watch(ResourceType<T> type, WatchRequest request, ObjectWatcher<T> watcher,
            ReadContext context) {
        return watches.watch(type, request, watcher);
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object, WriteContext context) {
        return creation.create(type, object, context);
    }

    @Override
    public <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> objects,
            WriteContext context) {
        return creation.createEach(type, objects, context);
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, ObjectKey key, String subresource, T object,
            WriteContext context) {
        return update.replace(type, key, subresource, object, context);
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, String subresource, PatchRequest patch,
            WriteContext context) {
        Patching<T> patching = new Patching<>(type.prototype(), patch, context);
        T result = update.change(type, key, subresource, patching::apply, context);
        patching.warn();
        return result;
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteOptions options,
            WriteContext context) {
        parts.resources().of(type);
        return removal.delete(type, key, options, context);
    }

    @Override
    public <T extends Message> ObjectList<T> deleteCollection(ResourceType<T> type, ListRequest request,
            DeleteOptions options, WriteContext context) {
        Page<T> page = lists.list(type, request);
        List<T> items = new ArrayList<>();
        for (T item : page.items()) {
            deleteIfPresent(type, item, options, context).ifPresent(items::add);
        }
        return new ObjectList<>(page.resourceVersion(), items);
    }

    private <T extends Message> Optional<T> deleteIfPresent(ResourceType<T> type, T item, DeleteOptions options,
            WriteContext context) {
        try {
            return Optional.of(removal.delete(type, type.key(item), options, context).object());
        } catch (ApiException refused) {
            if (refused.is(dev.longshore.api.Reason.NOT_FOUND)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    @Override
    public Message getSubresource(ResourceType<?> type, ObjectKey key, String subresource, ReadContext context) {
        return subresources.get(type, key, subresource);
    }

    @Override
    public Message writeSubresource(ResourceType<?> type, ObjectKey key, String subresource, Message body,
            WriteContext context) {
        return subresources.write(type, key, subresource, body, context);
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term, WriteContext context) {
        return bindings.bind(placements, term, context);
    }

    @Override
    public Message patchSubresource(ResourceType<?> type, ObjectKey key, String subresource, PatchRequest patch,
            WriteContext context) {
        return subresources.patch(type, key, subresource, patch, context);
    }

    /** Ends all watches with SERVICE_UNAVAILABLE; nothing may be listed or watched afterwards. */
    @Override
    public void close() {
        caches.close();
    }
}
