package dev.longshore.controllers.deployment;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetSpec;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.controllers.deployment.DeploymentAction.Adopt;
import dev.longshore.controllers.deployment.DeploymentAction.CreateSet;
import dev.longshore.controllers.deployment.DeploymentAction.DeleteSet;
import dev.longshore.controllers.deployment.DeploymentAction.Release;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateDeployment;
import dev.longshore.controllers.deployment.DeploymentAction.UpdateSet;
import dev.longshore.controllers.deployment.DeploymentAction.WriteStatus;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.objects.Pods;
import dev.longshore.controllers.objects.Selectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Deployment does next. Pure: the same Deployment, sets, pods and time give the same actions.
 *
 * @param actions  in the order to do them
 * @param nextLook when the progress deadline passes
 */
record DeploymentPlan(List<DeploymentAction> actions, Optional<Instant> nextLook) {
    private static final int DEFAULT_HISTORY_LIMIT = 10;

    /**
     * What the plan is made of.
     *
     * @param sets every ReplicaSet of the namespace that this Deployment controls, or that nobody controls
     * @param pods of the sets that it controls
     */
    record Snapshot(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {}

    static DeploymentPlan of(Snapshot snapshot, Instant now) {
        Deployment deployment = snapshot.deployment();
        List<DeploymentAction> claims = new ArrayList<>();
        List<ReplicaSet> mine = claim(snapshot, claims);
        if (!claims.isEmpty()) {
            // The sizes are decided once the sets are ours; the writes make this key due again.
            return new DeploymentPlan(List.copyOf(claims), Optional.empty());
        }
        Bounds bounds = Bounds.of(deployment);
        Sets sets = Sets.of(deployment, mine);
        List<DeploymentAction> actions = new ArrayList<>();
        Optional<ReplicaSet> created = Optional.empty();
        if (!deployment.getMetadata().hasDeletionTimestamp()) {
            created = rollOut(snapshot, bounds, sets, actions);
        }
        RolloutStatus rollout = new RolloutStatus(deployment, bounds, sets, now);
        DeploymentStatus status = rollout.next(created);
        if (!status.equals(deployment.getStatus())) {
            actions.add(new WriteStatus(status));
        }
        return new DeploymentPlan(List.copyOf(actions), rollout.deadline(status));
    }

    private static List<ReplicaSet> claim(Snapshot snapshot, List<DeploymentAction> claims) {
        Deployment deployment = snapshot.deployment();
        boolean deleted = deployment.getMetadata().hasDeletionTimestamp();
        List<ReplicaSet> mine = new ArrayList<>();
        for (ReplicaSet set : snapshot.sets()) {
            boolean matches = Selectors.matches(deployment.getSpec().getSelector(),
                    set.getMetadata().getLabelsMap());
            if (Owners.controlledBy(set.getMetadata(), deployment.getMetadata().getUid())) {
                mine.add(set);
                if (!matches && !deleted) {
                    claims.add(new Release(set));
                }
            } else if (matches && !deleted && Owners.orphan(set.getMetadata())
                    && !set.getMetadata().hasDeletionTimestamp()) {
                claims.add(new Adopt(set));
            }
        }
        return mine.stream().filter(set -> !set.getMetadata().hasDeletionTimestamp()).toList();
    }

    /** Adds the writes to sets; answers the set that is created. */
    private static Optional<ReplicaSet> rollOut(Snapshot snapshot, Bounds bounds, Sets sets,
            List<DeploymentAction> actions) {
        Deployment deployment = snapshot.deployment();
        Sizes sizes = new Sizes(deployment, bounds, sets);
        boolean paused = deployment.getSpec().getPaused();
        if (sets.current().isEmpty() && !paused && !sizes.scaling()) {
            boolean wait = recreate(deployment) && !(sets.active().isEmpty() && oldPodsGone(snapshot, sets));
            if (!wait) {
                ReplicaSet created = newSet(deployment, bounds, sets, sizes);
                actions.add(new CreateSet(created));
                revise(deployment, Revisions.revision(created.getMetadata()), actions);
                return Optional.of(created);
            }
        }
        Map<String, Integer> wanted;
        if (paused || sizes.scaling()) {
            wanted = sizes.scaled();
        } else if (recreate(deployment)) {
            wanted = sizes.recreated(oldPodsGone(snapshot, sets));
        } else {
            wanted = sizes.rolled();
        }
        write(deployment, bounds, sets, wanted, actions);
        cleanUp(deployment, sets, actions);
        return Optional.empty();
    }

    private static boolean recreate(Deployment deployment) {
        return deployment.getSpec().getStrategy().getType().equals("Recreate");
    }

    /** Pods that are being deleted still run. */
    private static boolean oldPodsGone(Snapshot snapshot, Sets sets) {
        return snapshot.pods().stream().filter(pod -> !Pods.finished(pod)).noneMatch(pod -> sets.old().stream()
                .anyMatch(set -> Owners.controlledBy(pod.getMetadata(), set.getMetadata().getUid())));
    }

    private static void write(Deployment deployment, Bounds bounds, Sets sets, Map<String, Integer> wanted,
            List<DeploymentAction> actions) {
        long revision = Revisions.next(sets.old());
        for (ReplicaSet set : sets.all()) {
            boolean current = sets.current().filter(c -> c == set).isPresent() && !deployment.getSpec().getPaused();
            int size = wanted.getOrDefault(set.getMetadata().getName(), Sets.size(set));
            ReplicaSet.Builder after = set.toBuilder();
            ObjectMeta meta = set.getMetadata();
            if (current) {
                meta = Revisions.current(meta, deployment, revision);
                if (set.getSpec().getMinReadySeconds() != deployment.getSpec().getMinReadySeconds()) {
                    after.getSpecBuilder().setMinReadySeconds(deployment.getSpec().getMinReadySeconds());
                }
                revise(deployment, Revisions.revision(meta), actions);
            }
            if (current || size > 0 || size != Sets.size(set)) {
                meta = Revisions.sized(meta, bounds);
            }
            if (size != Sets.size(set)) {
                after.getSpecBuilder().setReplicas(size);
            }
            ReplicaSet changed = after.setMetadata(meta).build();
            if (!changed.equals(set)) {
                actions.add(new UpdateSet(set, changed));
            }
        }
    }

    private static void revise(Deployment deployment, long revision, List<DeploymentAction> actions) {
        if (Revisions.revision(deployment.getMetadata()) != revision) {
            Deployment.Builder after = deployment.toBuilder();
            after.getMetadataBuilder().putAnnotations(Revisions.REVISION, Long.toString(revision));
            actions.add(new UpdateDeployment(after.build()));
        }
    }

    private static ReplicaSet newSet(Deployment deployment, Bounds bounds, Sets sets, Sizes sizes) {
        String hash = TemplateHash.of(deployment.getSpec().getTemplate(), deployment.getStatus().getCollisionCount());
        PodTemplateSpec.Builder template = deployment.getSpec().getTemplate().toBuilder();
        template.getMetadataBuilder().putLabels(TemplateHash.LABEL, hash);
        ObjectMeta meta = ObjectMeta.newBuilder().setName(deployment.getMetadata().getName() + "-" + hash)
                .setNamespace(deployment.getMetadata().getNamespace())
                .putAllLabels(template.getMetadata().getLabelsMap())
                .addOwnerReferences(Owners.reference(ResourceTypes.DEPLOYMENTS, deployment)).build();
        meta = Revisions.sized(Revisions.current(meta, deployment, Revisions.next(sets.old())), bounds);
        ReplicaSetSpec.Builder spec = ReplicaSetSpec.newBuilder().setTemplate(template)
                .setReplicas(recreate(deployment) ? bounds.replicas() : sizes.grown(0))
                .setSelector(deployment.getSpec().getSelector().toBuilder()
                        .putMatchLabels(TemplateHash.LABEL, hash));
        if (deployment.getSpec().getMinReadySeconds() > 0) {
            spec.setMinReadySeconds(deployment.getSpec().getMinReadySeconds());
        }
        return ReplicaSet.newBuilder().setMetadata(meta).setSpec(spec).build();
    }

    /** Old sets without pods beyond the history limit go, oldest revision first. */
    private static void cleanUp(Deployment deployment, Sets sets, List<DeploymentAction> actions) {
        int limit = deployment.getSpec().hasRevisionHistoryLimit()
                ? deployment.getSpec().getRevisionHistoryLimit()
                : DEFAULT_HISTORY_LIMIT;
        boolean complete = sets.current().filter(set -> Sets.settled(set)
                && set.getStatus().getAvailableReplicas() == Sets.size(set)).isPresent()
                && sets.old().stream().allMatch(set -> Sets.most(set) == 0);
        if (complete || deployment.getSpec().getPaused()) {
            sets.old().stream().filter(set -> Sets.most(set) == 0 && Sets.settled(set))
                    .sorted(Comparator.comparing(set -> Revisions.revision(set.getMetadata())))
                    .limit(Math.max(0, sets.old().size() - limit)).forEach(set -> actions.add(new DeleteSet(set)));
        }
    }
}
