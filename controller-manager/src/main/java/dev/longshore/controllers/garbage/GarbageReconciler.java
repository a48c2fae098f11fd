package dev.longshore.controllers.garbage;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.DeleteQuery.Propagation;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Events.Kind;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Carries out what {@link GarbagePlan} decides. A change of an object makes it, its owners and its dependents due. */
public final class GarbageReconciler implements Reconciler<ObjectId> {
    private static final int WORKERS = 10;
    /** Nothing of these is owned, or they show the objects of another resource. */
    private static final Set<ResourceType<?>> IGNORED = Set.of(ResourceTypes.EVENTS, ResourceTypes.EVENTS_V1,
            ResourceTypes.HORIZONTAL_POD_AUTOSCALERS_V1, ResourceTypes.COMPONENT_STATUSES);

    private final List<ResourceType<?>> types;
    private final OwnerGraph graph;
    private final Events events;

    /** @param served the resources of the API */
    public GarbageReconciler(Informers informers, List<ResourceType<?>> served, Events events) {
        this.types = served.stream().filter(type -> !IGNORED.contains(type)).toList();
        this.graph = new OwnerGraph(informers, types);
        this.events = events;
    }

    public ControllerSpec<ObjectId> spec() {
        List<Source<?, ObjectId>> sources = new ArrayList<>();
        types.forEach(type -> sources.add(source(type)));
        return ControllerSpec.of("garbage", WORKERS, this, sources);
    }

    private <T extends Message> Source<T, ObjectId> source(ResourceType<T> type) {
        return new Source<>(type, object -> concerned(new ObjectId(type, type.key(object)), type.meta(object)));
    }

    private Collection<ObjectId> concerned(ObjectId id, ObjectMeta meta) {
        List<ObjectId> due = new ArrayList<>();
        if (meta.getOwnerReferencesCount() > 0 || meta.hasDeletionTimestamp()) {
            due.add(id);
        }
        meta.getOwnerReferencesList().forEach(owner -> graph.byUid(owner.getUid())
                .filter(found -> found.meta().hasDeletionTimestamp()).ifPresent(found -> due.add(found.id())));
        if (graph.get(id).filter(found -> found.meta().getUid().equals(meta.getUid())).isEmpty()
                || meta.hasDeletionTimestamp()) {
            graph.dependents(meta.getUid()).forEach(found -> due.add(found.id()));
        }
        return due;
    }

    @Override
    public Outcome reconcile(ObjectId id, ApiClient client) {
        Optional<OwnerGraph.Found> found = graph.get(id);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        ObjectMeta meta = found.get().meta();
        List<OwnerGraph.Found> dependents = graph.dependents(meta.getUid());
        List<GarbagePlan.Owned> owned = new ArrayList<>();
        for (OwnerReference reference : meta.getOwnerReferencesList()) {
            if (graph.foreign(reference, meta)) {
                events.record(found.get().object(), Kind.WARNING, "OwnerRefInvalidNamespace", "ownerRef ["
                        + reference.getApiVersion() + "/" + reference.getKind() + ", name: " + reference.getName()
                        + ", uid: " + reference.getUid() + "] does not exist in namespace \"" + meta.getNamespace()
                        + "\"");
                owned.add(new GarbagePlan.Owned(reference, GarbagePlan.Owner.SOLID));
            } else {
                owned.add(new GarbagePlan.Owned(reference, graph.owner(reference, meta, client)));
            }
        }
        GarbagePlan.Action action = GarbagePlan.of(new GarbagePlan.Snapshot(meta, owned,
                dependents.stream().map(OwnerGraph.Found::meta).toList()));
        execute(found.get(), dependents, action, client);
        return Outcome.done();
    }

    private void execute(OwnerGraph.Found found, List<OwnerGraph.Found> dependents, GarbagePlan.Action action,
            ApiClient client) {
        switch (action) {
            case GarbagePlan.Action.Nothing() -> {
            }
            // The dependents are due themselves, and see an owner that waits.
            case GarbagePlan.Action.DeleteDependents() -> {
            }
            case GarbagePlan.Action.Delete(Propagation propagation) -> delete(found, propagation, client);
            case GarbagePlan.Action.DropOwners(Set<String> uids) -> {
                ObjectMeta meta = found.meta();
                for (String uid : uids) {
                    meta = Owners.without(meta, uid);
                }
                update(found, meta, client);
            }
            case GarbagePlan.Action.OrphanDependents() -> {
                dependents.forEach(d -> update(d, Owners.without(d.meta(), found.meta().getUid()), client));
                update(found, without(found.meta(), GarbagePlan.ORPHAN), client);
            }
            case GarbagePlan.Action.FinishForeground() ->
                update(found, without(found.meta(), GarbagePlan.FOREGROUND), client);
        }
    }

    private static ObjectMeta without(ObjectMeta meta, String finalizer) {
        return meta.toBuilder().clearFinalizers().addAllFinalizers(meta.getFinalizersList().stream()
                .filter(text -> !text.equals(finalizer)).toList()).build();
    }

    private static void delete(OwnerGraph.Found found, Propagation propagation, ApiClient client) {
        try {
            refuseOldCopy(found.id().type(), found, client);
            client.delete(found.id().type(), found.id().key(), new DeleteQuery(OptionalLong.empty(),
                    Optional.of(found.meta().getUid()), propagation));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    /** Another key may have orphaned the object a moment ago, which the cache need not show yet. */
    private static <T extends Message> void refuseOldCopy(ResourceType<T> type, OwnerGraph.Found found,
            ApiClient client) {
        ObjectMeta live = type.meta(client.get(type, found.id().key()));
        if (!live.getUid().equals(found.meta().getUid())
                || !live.getOwnerReferencesList().equals(found.meta().getOwnerReferencesList())) {
            throw ApiException.modified(type, live.getName());
        }
    }

    private static void update(OwnerGraph.Found found, ObjectMeta meta, ApiClient client) {
        try {
            update(found.id().type(), found.object(), meta, client);
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private static <T extends Message> void update(ResourceType<T> type, Message object, ObjectMeta meta,
            ApiClient client) {
        client.update(type, type.withMeta(type.cast(object), meta));
    }
}
