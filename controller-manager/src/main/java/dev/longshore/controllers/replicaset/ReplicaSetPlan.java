package dev.longshore.controllers.replicaset;

import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.objects.Pods;
import dev.longshore.controllers.objects.Selectors;
import dev.longshore.controllers.replicaset.ReplicaSetAction.Adopt;
import dev.longshore.controllers.replicaset.ReplicaSetAction.CreatePods;
import dev.longshore.controllers.replicaset.ReplicaSetAction.DeletePod;
import dev.longshore.controllers.replicaset.ReplicaSetAction.Release;
import dev.longshore.controllers.replicaset.ReplicaSetAction.WriteStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a ReplicaSet does next. Pure: the same set, pods and time give the same actions.
 *
 * @param actions     in the order to do them
 * @param nextLook    when a pod becomes available by time alone
 */
record ReplicaSetPlan(List<ReplicaSetAction> actions, Optional<Instant> nextLook) {
    /** Creates or deletes of one plan (source: Kubernetes, ReplicaSet controller, burst replicas). */
    static final int BURST_LIMIT = 500;

    /**
     * What the plan is made of.
     *
     * @param pods every pod of the namespace that this set controls, or that nobody controls
     */
    record Snapshot(ReplicaSet set, List<Pod> pods) {}

    static ReplicaSetPlan of(Snapshot snapshot, Instant now) {
        ReplicaSet set = snapshot.set();
        boolean deleted = set.getMetadata().hasDeletionTimestamp();
        List<ReplicaSetAction> actions = new ArrayList<>();
        List<Pod> mine = claim(snapshot, deleted, actions);
        List<Pod> active = mine.stream().filter(Pods::active).toList();
        if (!deleted) {
            actions.addAll(scale(set, active));
        }
        ReplicaSetStatus status = status(set, active, now);
        if (!status.equals(set.getStatus())) {
            actions.add(new WriteStatus(status));
        }
        return new ReplicaSetPlan(List.copyOf(actions), nextLook(set, active, now));
    }

    /** Adopts and releases; answers the pods that the set has after that. */
    private static List<Pod> claim(Snapshot snapshot, boolean deleted, List<ReplicaSetAction> actions) {
        ReplicaSet set = snapshot.set();
        List<Pod> mine = new ArrayList<>();
        for (Pod pod : snapshot.pods()) {
            boolean matches = Selectors.matches(set.getSpec().getSelector(), pod.getMetadata().getLabelsMap());
            if (Owners.controlledBy(pod.getMetadata(), set.getMetadata().getUid())) {
                if (matches || deleted) {
                    mine.add(pod);
                } else {
                    actions.add(new Release(pod));
                }
            } else if (matches && !deleted && Owners.orphan(pod.getMetadata()) && Pods.active(pod)) {
                actions.add(new Adopt(pod));
                mine.add(pod);
            }
        }
        return mine;
    }

    private static List<ReplicaSetAction> scale(ReplicaSet set, List<Pod> active) {
        int missing = replicas(set) - active.size();
        if (missing > 0) {
            return List.of(new CreatePods(Math.min(missing, BURST_LIMIT)));
        }
        return Victims.ranked(active).stream().limit(Math.min(-missing, BURST_LIMIT))
                .<ReplicaSetAction>map(DeletePod::new).toList();
    }

    private static ReplicaSetStatus status(ReplicaSet set, List<Pod> active, Instant now) {
        Duration minReady = Duration.ofSeconds(set.getSpec().getMinReadySeconds());
        return set.getStatus().toBuilder().setObservedGeneration(set.getMetadata().getGeneration())
                .setReplicas(active.size())
                .setFullyLabeledReplicas((int) active.stream().filter(pod -> Selectors.matches(
                        set.getSpec().getTemplate().getMetadata().getLabelsMap(),
                        pod.getMetadata().getLabelsMap())).count())
                .setReadyReplicas((int) active.stream().filter(Pods::ready).count())
                .setAvailableReplicas((int) active.stream().filter(pod -> Pods.available(pod, minReady, now)).count())
                .build();
    }

    private static Optional<Instant> nextLook(ReplicaSet set, List<Pod> active, Instant now) {
        Duration minReady = Duration.ofSeconds(set.getSpec().getMinReadySeconds());
        return minReady.isZero()
                ? Optional.empty()
                : active.stream().flatMap(pod -> Pods.availableAt(pod, minReady).stream())
                        .filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    /** 1 where the field is absent (Kubernetes API, apps/v1 default). */
    static int replicas(ReplicaSet set) {
        return set.getSpec().hasReplicas() ? set.getSpec().getReplicas() : 1;
    }
}
