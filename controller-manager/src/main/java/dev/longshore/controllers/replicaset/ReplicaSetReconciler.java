package dev.longshore.controllers.replicaset;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetCondition;
import dev.longshore.api.apps.v1.ReplicaSetStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Times;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.objects.Selectors;
import dev.longshore.controllers.replicaset.ReplicaSetAction.Adopt;
import dev.longshore.controllers.replicaset.ReplicaSetAction.CreatePods;
import dev.longshore.controllers.replicaset.ReplicaSetAction.DeletePod;
import dev.longshore.controllers.replicaset.ReplicaSetAction.Release;
import dev.longshore.controllers.replicaset.ReplicaSetAction.WriteStatus;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Events.Kind;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out what {@link ReplicaSetPlan} decides. */
public final class ReplicaSetReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;
    private static final String REPLICA_FAILURE = "ReplicaFailure";

    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final Clock clock;
    private final Events events;

    public ReplicaSetReconciler(Informers informers, Clock clock, Events events) {
        this.sets = informers.of(ResourceTypes.REPLICA_SETS);
        this.pods = informers.of(ResourceTypes.PODS);
        this.clock = clock;
        this.events = events;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("replicaset", WORKERS, this, List.of(Source.self(ResourceTypes.REPLICA_SETS),
                new Source<>(ResourceTypes.PODS, this::setsOf)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<ReplicaSet> found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        ReplicaSet set = found.get();
        Instant now = clock.now();
        List<Pod> candidates = pods.list(key.namespace()).stream()
                .filter(pod -> Owners.orphan(pod.getMetadata())
                        || Owners.controlledBy(pod.getMetadata(), set.getMetadata().getUid()))
                .toList();
        ReplicaSetPlan plan = ReplicaSetPlan.of(new ReplicaSetPlan.Snapshot(set, candidates), now);
        execute(set, plan, client, now);
        return plan.nextLook().map(at -> Outcome.after(Duration.between(now, at))).orElse(Outcome.done());
    }

    private void execute(ReplicaSet set, ReplicaSetPlan plan, ApiClient client, Instant now) {
        Optional<ApiException> failure = Optional.empty();
        Optional<ReplicaSetStatus> status = Optional.empty();
        for (ReplicaSetAction action : plan.actions()) {
            switch (action) {
                case Adopt(Pod pod) -> adopt(set, pod, client);
                case Release(Pod pod) -> client.update(ResourceTypes.PODS, pod.toBuilder().setMetadata(
                        Owners.without(pod.getMetadata(), set.getMetadata().getUid())).build());
                case CreatePods(int count) -> failure = create(set, count, client);
                case DeletePod(Pod pod) -> delete(set, pod, client);
                case WriteStatus(ReplicaSetStatus wanted) -> status = Optional.of(wanted);
            }
        }
        writeStatus(set, status.orElse(set.getStatus()), failure, client, now);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static void adopt(ReplicaSet set, Pod pod, ApiClient client) {
        // The cache may not know yet that the set is being deleted, and a dead owner must not adopt.
        ReplicaSet live = client.get(ResourceTypes.REPLICA_SETS, ResourceTypes.REPLICA_SETS.key(set));
        if (!live.getMetadata().getUid().equals(set.getMetadata().getUid())
                || live.getMetadata().hasDeletionTimestamp()) {
            throw ApiException.modified(ResourceTypes.REPLICA_SETS, set.getMetadata().getName());
        }
        client.update(ResourceTypes.PODS, pod.toBuilder().setMetadata(
                Owners.with(pod.getMetadata(), Owners.reference(ResourceTypes.REPLICA_SETS, set))).build());
    }

    /** Batches of 1, 2, 4, ...: a set whose pods are all refused costs one refused call per try, not hundreds. */
    private Optional<ApiException> create(ReplicaSet set, int count, ApiClient client) {
        int created = 0;
        Optional<ApiException> failure = Optional.empty();
        for (int batch = 1; created < count && failure.isEmpty(); batch *= 2) {
            for (int i = 0; i < batch && created < count; i++) {
                created++;
                Optional<ApiException> refused = createOne(set, client);
                failure = refused.isPresent() ? refused : failure;
            }
        }
        return failure;
    }

    private Optional<ApiException> createOne(ReplicaSet set, ApiClient client) {
        try {
            Pod pod = client.create(ResourceTypes.PODS, podOf(set));
            events.record(set, Kind.NORMAL, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
            return Optional.empty();
        } catch (ApiException e) {
            events.record(set, Kind.WARNING, "FailedCreate", "Error creating: " + e.getMessage());
            return Optional.of(e);
        }
    }

    private static Pod podOf(ReplicaSet set) {
        var template = set.getSpec().getTemplate();
        ObjectMeta.Builder meta = ObjectMeta.newBuilder().setGenerateName(set.getMetadata().getName() + "-")
                .setNamespace(set.getMetadata().getNamespace())
                .putAllLabels(template.getMetadata().getLabelsMap())
                .putAllAnnotations(template.getMetadata().getAnnotationsMap())
                .addAllFinalizers(template.getMetadata().getFinalizersList())
                .addOwnerReferences(Owners.reference(ResourceTypes.REPLICA_SETS, set));
        return Pod.newBuilder().setMetadata(meta).setSpec(template.getSpec()).build();
    }

    private void delete(ReplicaSet set, Pod pod, ApiClient client) {
        String name = pod.getMetadata().getName();
        try {
            client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                    DeleteQuery.of(pod.getMetadata().getUid()));
            events.record(set, Kind.NORMAL, "SuccessfulDelete", "Deleted pod: " + name);
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                events.record(set, Kind.WARNING, "FailedDelete", "Error deleting: " + e.getMessage());
                throw e;
            }
        }
    }

    private static void writeStatus(ReplicaSet set, ReplicaSetStatus status, Optional<ApiException> failure,
            ApiClient client, Instant now) {
        ReplicaSetStatus wanted = withFailure(status, failure, now);
        if (!wanted.equals(set.getStatus())) {
            client.updateStatus(ResourceTypes.REPLICA_SETS, set.toBuilder().setStatus(wanted).build());
        }
    }

    private static ReplicaSetStatus withFailure(ReplicaSetStatus status, Optional<ApiException> failure, Instant now) {
        List<ReplicaSetCondition> others = new ArrayList<>(status.getConditionsList());
        Optional<ReplicaSetCondition> before = others.stream().filter(c -> c.getType().equals(REPLICA_FAILURE))
                .findFirst();
        if (before.isPresent() == failure.isPresent()) {
            return status;
        }
        before.ifPresent(others::remove);
        failure.ifPresent(e -> others.add(ReplicaSetCondition.newBuilder().setType(REPLICA_FAILURE).setStatus("True")
                .setReason("FailedCreate").setMessage(e.getMessage()).setLastTransitionTime(Times.time(now)).build()));
        return status.toBuilder().clearConditions().addAllConditions(others).build();
    }

    /** The set that controls the pod; for a pod without controller every set that might adopt it. */
    private List<ObjectKey> setsOf(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        return Owners.controller(pod.getMetadata())
                .map(owner -> owner.getKind().equals("ReplicaSet")
                        ? List.of(new ObjectKey(namespace, owner.getName()))
                        : List.<ObjectKey>of())
                .orElseGet(() -> sets.list(namespace).stream()
                        .filter(set -> Selectors.matches(
                                set.getSpec().getSelector(), pod.getMetadata().getLabelsMap()))
                        .map(ResourceTypes.REPLICA_SETS::key).toList());
    }
}
