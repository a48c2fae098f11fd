package dev.longshore.client.fake;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.meta.v1.ObjectMeta;
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
import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Randomness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API in memory. Each call is done when it returns, its watch events delivered. Objects are stored as given, after
 * what the server itself decides: name, uid, versions, generation, timestamps, the first status.
 *
 * <p>Patches are refused with METHOD_NOT_ALLOWED: code that is tested against this class reads, changes and updates.
 */
public final class FakeApiClient implements ApiClient {
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int NAME_SUFFIX_LENGTH = 5;
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final Clock clock;
    private final Randomness randomness;
    private final Map<ResourceType<?>, FakeTable<?>> tables = new LinkedHashMap<>();
    private long version;

    public FakeApiClient(Clock clock, Randomness randomness) {
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public synchronized <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        return table(type).get(key).orElseThrow(() -> ApiException.notFound(type, key.name()));
    }

    @Override
    public synchronized <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        return new ObjectList<>(Long.toString(version), table(type).list(query));
    }

    @Override
    public synchronized <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        return table(type).watch(query, resourceVersion, listener);
    }

    @Override
    public synchronized <T extends Message> T create(ResourceType<T> type, T object) {
        ObjectMeta given = type.meta(object);
        ObjectMeta.Builder meta = given.toBuilder().setUid(randomness.uuid()).setGeneration(1)
                .setCreationTimestamp(FakeMeta.time(clock.now())).clearDeletionTimestamp().clearResourceVersion();
        if (given.getName().isEmpty()) {
            if (given.getGenerateName().isEmpty()) {
                throw ApiException.of(Reason.INVALID, "name or generateName is required");
            }
            meta.setName(given.getGenerateName() + suffix());
        }
        FakeMeta.checkName(type, meta.getName());
        ObjectKey key = new ObjectKey(meta.getNamespace(), meta.getName());
        refuseTerminatingNamespace(type, key);
        if (table(type).get(key).isPresent()) {
            throw ApiException.alreadyExists(type, key.name());
        }
        return put(type, type.withMeta(FakeMeta.fresh(type, object), meta.build()));
    }

    @Override
    public synchronized <T extends Message> T update(ResourceType<T> type, T object) {
        T stored = stored(type, object);
        T merged = FakeMeta.withStatus(type, object, stored);
        if (stored instanceof Namespace before && merged instanceof Namespace after) {
            merged = type.cast(after.toBuilder().setSpec(before.getSpec()).build());
        }
        return replace(type, stored, merged);
    }

    @Override
    public synchronized <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        T stored = stored(type, object);
        T merged = FakeMeta.withStatus(type, stored, object);
        return merged.equals(stored) ? stored : put(type, merged);
    }

    @Override
    public synchronized Namespace finalizeNamespace(Namespace namespace) {
        Namespace stored = stored(ResourceTypes.NAMESPACES, namespace);
        return replace(ResourceTypes.NAMESPACES, stored, stored.toBuilder().setSpec(namespace.getSpec()).build());
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        throw ApiException.of(Reason.METHOD_NOT_ALLOWED, "the in-memory API has no patch");
    }

    @Override
    public synchronized <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key,
            DeleteQuery query) {
        T stored = get(type, key);
        ObjectMeta before = type.meta(stored);
        if (query.uid().isPresent() && !query.uid().get().equals(before.getUid())) {
            throw ApiException.conflict(type, key.name(), "Precondition failed: UID in precondition: "
                    + query.uid().get() + ", UID in object meta: " + before.getUid());
        }
        ObjectMeta.Builder meta = before.toBuilder();
        addPropagationFinalizer(meta, query.propagation());
        long grace = grace(stored, query);
        if (before.hasDeletionTimestamp()) {
            grace = Math.min(grace, before.getDeletionGracePeriodSeconds());
        }
        if (!before.hasDeletionTimestamp() || grace < before.getDeletionGracePeriodSeconds()) {
            meta.setDeletionGracePeriodSeconds(grace)
                    .setDeletionTimestamp(FakeMeta.time(clock.now().plusSeconds(grace)));
        }
        T marked = terminating(type, type.withMeta(stored, meta.build()));
        if (!held(type, marked)) {
            return new Deletion<>(remove(type, marked), true);
        }
        return new Deletion<>(marked.equals(stored) ? stored : put(type, marked), false);
    }

    @Override
    public synchronized List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        return placements.stream().map(placement -> outcome(placement, term)).toList();
    }

    private BindOutcome outcome(PodPlacement placement, LeaderTerm term) {
        try {
            bind(placement, term);
            return new BindOutcome.Bound();
        } catch (ApiException e) {
            return new BindOutcome.Refused(e);
        }
    }

    private void bind(PodPlacement placement, LeaderTerm term) {
        term.over(table(ResourceTypes.LEASES).get(term.lease())).ifPresent(why -> {
            throw ApiException.conflict(ResourceTypes.LEASES, term.lease().name(), why);
        });
        Pod pod = get(ResourceTypes.PODS, placement.pod());
        if (!pod.getMetadata().getUid().equals(placement.uid()) || !pod.getSpec().getNodeName().isEmpty()
                || pod.getMetadata().hasDeletionTimestamp()) {
            throw ApiException.conflict(ResourceTypes.PODS, placement.pod().name(),
                    "pod is bound, deleted or another one");
        }
        Pod.Builder bound = pod.toBuilder();
        bound.getSpecBuilder().setNodeName(placement.node());
        bound.getStatusBuilder().addConditions(PodCondition.newBuilder().setType("PodScheduled").setStatus("True")
                .setLastTransitionTime(FakeMeta.time(clock.now())));
        put(ResourceTypes.PODS, bound.build());
    }

    /** Forgets the history: watches end with EXPIRED, as after a compaction. */
    public synchronized void expireWatches() {
        tables.values().forEach(FakeTable::expire);
    }

    private <T extends Message> T stored(ResourceType<T> type, T object) {
        T stored = get(type, type.key(object));
        ObjectMeta wanted = type.meta(object);
        ObjectMeta have = type.meta(stored);
        boolean other = !wanted.getUid().isEmpty() && !wanted.getUid().equals(have.getUid());
        boolean older = !wanted.getResourceVersion().isEmpty()
                && !wanted.getResourceVersion().equals(have.getResourceVersion());
        if (other || older) {
            throw ApiException.modified(type, wanted.getName());
        }
        return stored;
    }

    private <T extends Message> T replace(ResourceType<T> type, T stored, T wanted) {
        ObjectMeta meta = FakeMeta.updated(type.meta(stored), type.meta(wanted),
                FakeMeta.specChanged(type, stored, wanted));
        T next = type.withMeta(wanted, meta);
        if (meta.hasDeletionTimestamp() && !held(type, next)) {
            return remove(type, next);
        }
        return next.equals(stored) ? stored : put(type, next);
    }

    /** Whether a deleted object has to stay for now. */
    private static <T extends Message> boolean held(ResourceType<T> type, T object) {
        ObjectMeta meta = type.meta(object);
        return meta.getFinalizersCount() > 0 || meta.getDeletionGracePeriodSeconds() > 0
                || object instanceof Namespace namespace && namespace.getSpec().getFinalizersCount() > 0;
    }

    private static <T extends Message> T terminating(ResourceType<T> type, T object) {
        if (object instanceof Namespace namespace) {
            Namespace.Builder builder = namespace.toBuilder();
            builder.getStatusBuilder().setPhase("Terminating");
            return type.cast(builder.build());
        }
        return object;
    }

    private static long grace(Message object, DeleteQuery query) {
        if (!(object instanceof Pod pod) || pod.getSpec().getNodeName().isEmpty()
                || List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())) {
            return 0;
        }
        long ofPod = pod.getSpec().hasTerminationGracePeriodSeconds()
                ? pod.getSpec().getTerminationGracePeriodSeconds()
                : DEFAULT_GRACE_SECONDS;
        return query.gracePeriodSeconds().orElse(ofPod);
    }

    private static void addPropagationFinalizer(ObjectMeta.Builder meta, DeleteQuery.Propagation propagation) {
        Optional<String> finalizer = switch (propagation) {
            case BACKGROUND -> Optional.empty();
            case FOREGROUND -> Optional.of("foregroundDeletion");
            case ORPHAN -> Optional.of("orphan");
        };
        finalizer.filter(text -> !meta.getFinalizersList().contains(text)).ifPresent(meta::addFinalizers);
    }

    private void refuseTerminatingNamespace(ResourceType<?> type, ObjectKey key) {
        boolean terminating = type.namespaced() && table(ResourceTypes.NAMESPACES)
                .get(ObjectKey.cluster(key.namespace()))
                .filter(namespace -> namespace.getMetadata().hasDeletionTimestamp()).isPresent();
        if (terminating) {
            throw ApiException.forbidden(type, key.name(), "unable to create new content in namespace "
                    + key.namespace() + " because it is being terminated");
        }
    }

    private <T extends Message> T put(ResourceType<T> type, T object) {
        T next = versioned(type, object);
        table(type).put(version, next);
        return next;
    }

    private <T extends Message> T remove(ResourceType<T> type, T object) {
        T last = versioned(type, object);
        table(type).remove(version, last);
        return last;
    }

    private <T extends Message> T versioned(ResourceType<T> type, T object) {
        version++;
        return type.withMeta(object,
                type.meta(object).toBuilder().setResourceVersion(Long.toString(version)).build());
    }

    private String suffix() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NAME_SUFFIX_LENGTH; i++) {
            text.append(NAME_LETTERS.charAt(randomness.below(NAME_LETTERS.length())));
        }
        return text.toString();
    }

    @SuppressWarnings("unchecked")
    private <T extends Message> FakeTable<T> table(ResourceType<T> type) {
        return (FakeTable<T>) tables.computeIfAbsent(type, _ -> new FakeTable<>(type));
    }
}
