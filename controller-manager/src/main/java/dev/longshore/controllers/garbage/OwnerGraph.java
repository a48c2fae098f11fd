package dev.longshore.controllers.garbage;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.client.ApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.runner.Informers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who owns whom, read from the caches of all resources by uid. */
final class OwnerGraph {
    /** An object as the graph shows it. */
    record Found(ObjectId id, Message object, ObjectMeta meta) {}

    private final List<Informer<?>> informers = new ArrayList<>();

    OwnerGraph(Informers informers, List<ResourceType<?>> types) {
        types.forEach(type -> this.informers.add(informers.of(type)));
    }

    Optional<Found> get(ObjectId id) {
        return informers.stream().filter(informer -> informer.type() == id.type())
                .flatMap(informer -> get(informer, id.key()).stream()).findFirst();
    }

    List<Found> dependents(String ownerUid) {
        return informers.stream().flatMap(informer -> indexed(informer, Informers.OWNER_UID, ownerUid).stream())
                .toList();
    }

    Optional<Found> byUid(String uid) {
        return informers.stream().flatMap(informer -> indexed(informer, Informers.UID, uid).stream()).findFirst();
    }

    /** What is known of an owner of {@code dependent}; absence is confirmed by the API server. */
    GarbagePlan.Owner owner(OwnerReference reference, ObjectMeta dependent, ApiClient client) {
        Optional<Found> cached = byUid(reference.getUid());
        if (cached.isPresent()) {
            return state(cached.get().meta());
        }
        Optional<ResourceType<?>> type = ResourceTypes.ofKind(reference.getApiVersion(), reference.getKind());
        // Of a kind that we do not know nothing can be said, least of all that it is gone.
        return type.isEmpty() ? GarbagePlan.Owner.SOLID : live(type.get(), reference, dependent, client);
    }

    /** Whether the reference names an owner in another namespace, which cannot own the dependent. */
    boolean foreign(OwnerReference reference, ObjectMeta dependent) {
        return byUid(reference.getUid()).filter(found -> found.id().type().namespaced()
                && !found.meta().getNamespace().equals(dependent.getNamespace())).isPresent();
    }

    private static <T extends Message> GarbagePlan.Owner live(ResourceType<T> type, OwnerReference reference,
            ObjectMeta dependent, ApiClient client) {
        if (type.namespaced() && dependent.getNamespace().isEmpty()) {
            return GarbagePlan.Owner.SOLID;
        }
        String namespace = type.namespaced() ? dependent.getNamespace() : "";
        try {
            ObjectMeta meta = type.meta(client.get(type, new ObjectKey(namespace, reference.getName())));
            return meta.getUid().equals(reference.getUid()) ? state(meta) : GarbagePlan.Owner.ABSENT;
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return GarbagePlan.Owner.ABSENT;
            }
            throw e;
        }
    }

    private static GarbagePlan.Owner state(ObjectMeta meta) {
        return meta.hasDeletionTimestamp() && meta.getFinalizersList().contains(GarbagePlan.FOREGROUND)
                ? GarbagePlan.Owner.WAITING
                : GarbagePlan.Owner.SOLID;
    }

    private static <T extends Message> Optional<Found> get(Informer<T> informer, ObjectKey key) {
        return informer.get(key).map(object -> found(informer, object));
    }

    private static <T extends Message> List<Found> indexed(Informer<T> informer, String index, String value) {
        return informer.byIndex(index, value).stream().map(object -> found(informer, object)).toList();
    }

    private static <T extends Message> Found found(Informer<T> informer, T object) {
        ResourceType<T> type = informer.type();
        return new Found(new ObjectId(type, type.key(object)), object, type.meta(object));
    }
}
