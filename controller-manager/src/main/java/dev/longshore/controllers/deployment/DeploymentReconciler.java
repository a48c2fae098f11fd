package dev.longshore.controllers.deployment;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.deployment.DeploymentAction.Adopt;
import dev.longshore.controllers.deployment.DeploymentAction.CreateSet;
import dev.longshore.controllers.deployment.DeploymentAction.DeleteSet;
import dev.longshore.controllers.deployment.DeploymentAction.Release;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateDeployment;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateSet;
import dev.longshore.controllers.deployment.DeploymentAction.WriteStatus;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.objects.Selectors;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Events.Kind;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries out what {@link DeploymentPlan} decides. */
public final class DeploymentReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;

    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final Clock clock;
    private final Events events;

    public DeploymentReconciler(Informers informers, Clock clock, Events events) {
        this.deployments = informers.of(ResourceTypes.DEPLOYMENTS);
        this.sets = informers.of(ResourceTypes.REPLICA_SETS);
        this.pods = informers.of(ResourceTypes.PODS);
        this.clock = clock;
        this.events = events;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("deployment", WORKERS, this, List.of(Source.self(ResourceTypes.DEPLOYMENTS),
                new Source<>(ResourceTypes.REPLICA_SETS, this::deploymentsOf),
                new Source<>(ResourceTypes.PODS, this::recreatingDeploymentsOf)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Deployment> found = deployments.get(key);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        Deployment deployment = found.get();
        String uid = deployment.getMetadata().getUid();
        List<ReplicaSet> candidates = sets.list(key.namespace()).stream()
                .filter(set -> Owners.orphan(set.getMetadata()) || Owners.controlledBy(set.getMetadata(), uid))
                .toList();
        List<Pod> theirs = candidates.stream().flatMap(set -> pods.byIndex(Informers.OWNER_UID,
                set.getMetadata().getUid()).stream()).toList();
        Instant now = clock.now();
        DeploymentPlan plan = DeploymentPlan.of(new DeploymentPlan.Snapshot(deployment, candidates, theirs), now);
        Deployment latest = deployment;
        for (DeploymentAction action : plan.actions()) {
            latest = execute(latest, action, client);
        }
        return plan.nextLook().map(at -> Outcome.after(Duration.between(now, at).plusSeconds(1)))
                .orElse(Outcome.done());
    }

    /** Answers the Deployment as stored after the action, because the status is written over the revision. */
    private Deployment execute(Deployment deployment, DeploymentAction action, ApiClient client) {
        switch (action) {
            case Adopt(ReplicaSet set) -> adopt(deployment, set, client);
            case Release(ReplicaSet set) -> client.update(ResourceTypes.REPLICA_SETS, set.toBuilder().setMetadata(
                    Owners.without(set.getMetadata(), deployment.getMetadata().getUid())).build());
            case CreateSet(ReplicaSet set) -> create(deployment, set, client);
            case UpdateSet(ReplicaSet before, ReplicaSet after) -> {
                client.update(ResourceTypes.REPLICA_SETS, after);
                report(deployment, after, Sets.size(before));
            }
            case DeleteSet(ReplicaSet set) -> delete(set, client);
            case UpdateDeployment(Deployment after) -> {
                return client.update(ResourceTypes.DEPLOYMENTS, after);
            }
            case WriteStatus(DeploymentStatus status) -> {
                return client.updateStatus(ResourceTypes.DEPLOYMENTS,
                        deployment.toBuilder().setStatus(status).build());
            }
        }
        return deployment;
    }

    private static void adopt(Deployment deployment, ReplicaSet set, ApiClient client) {
        Deployment live = client.get(ResourceTypes.DEPLOYMENTS, ResourceTypes.DEPLOYMENTS.key(deployment));
        if (!live.getMetadata().getUid().equals(deployment.getMetadata().getUid())
                || live.getMetadata().hasDeletionTimestamp()) {
            throw ApiException.modified(ResourceTypes.DEPLOYMENTS, deployment.getMetadata().getName());
        }
        client.update(ResourceTypes.REPLICA_SETS, set.toBuilder().setMetadata(Owners.with(set.getMetadata(),
                Owners.reference(ResourceTypes.DEPLOYMENTS, deployment))).build());
    }

    private void create(Deployment deployment, ReplicaSet set, ApiClient client) {
        try {
            client.create(ResourceTypes.REPLICA_SETS, set);
            report(deployment, set, 0);
        } catch (ApiException e) {
            if (!e.is(Reason.ALREADY_EXISTS)) {
                events.record(deployment, Kind.WARNING, "ReplicaSetCreateError", "Failed to create new replica set \""
                        + set.getMetadata().getName() + "\": " + e.getMessage());
                throw e;
            }
            resolveCollision(deployment, set, client);
            throw e;
        }
    }

    /** Another template, or another owner, has the name: the next try takes another hash. */
    private static void resolveCollision(Deployment deployment, ReplicaSet set, ApiClient client) {
        ReplicaSet taken = client.get(ResourceTypes.REPLICA_SETS, ResourceTypes.REPLICA_SETS.key(set));
        boolean ours = Owners.controlledBy(taken.getMetadata(), deployment.getMetadata().getUid())
                && TemplateHash.same(taken.getSpec().getTemplate(), set.getSpec().getTemplate());
        if (!ours) {
            Deployment.Builder after = deployment.toBuilder();
            after.getStatusBuilder().setCollisionCount(deployment.getStatus().getCollisionCount() + 1);
            client.updateStatus(ResourceTypes.DEPLOYMENTS, after.build());
        }
    }

    private static void delete(ReplicaSet set, ApiClient client) {
        try {
            client.delete(ResourceTypes.REPLICA_SETS, ResourceTypes.REPLICA_SETS.key(set),
                    DeleteQuery.of(set.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private void report(Deployment deployment, ReplicaSet set, int before) {
        int after = Sets.size(set);
        if (after != before) {
            events.record(deployment, Kind.NORMAL, "ScalingReplicaSet", "Scaled " + (after > before ? "up" : "down")
                    + " replica set " + set.getMetadata().getName() + " from " + before + " to " + after);
        }
    }

    private List<ObjectKey> deploymentsOf(ReplicaSet set) {
        String namespace = set.getMetadata().getNamespace();
        return Owners.controller(set.getMetadata())
                .map(owner -> owner.getKind().equals("Deployment")
                        ? List.of(new ObjectKey(namespace, owner.getName()))
                        : List.<ObjectKey>of())
                .orElseGet(() -> deployments.list(namespace).stream()
                        .filter(deployment -> Selectors.matches(deployment.getSpec().getSelector(),
                                set.getMetadata().getLabelsMap()))
                        .map(ResourceTypes.DEPLOYMENTS::key).toList());
    }

    /** Recreate waits for the last old pod to be gone, which no status shows. */
    private List<ObjectKey> recreatingDeploymentsOf(Pod pod) {
        return Owners.controller(pod.getMetadata())
                .flatMap(owner -> sets.get(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())))
                .map(this::deploymentsOf).orElse(List.of()).stream()
                .filter(key -> deployments.get(key)
                        .filter(d -> d.getSpec().getStrategy().getType().equals("Recreate")).isPresent())
                .toList();
    }
}
