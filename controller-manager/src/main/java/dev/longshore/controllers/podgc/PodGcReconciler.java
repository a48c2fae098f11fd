package dev.longshore.controllers.podgc;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.objects.Pods;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Carries out what {@link PodGcPlan} decides. Remembers only since when nodes are missed; a restart waits again. */
public final class PodGcReconciler implements Reconciler<ObjectKey> {
    private static final ObjectKey ALL = ObjectKey.cluster("pods");
    private static final Duration PERIOD = Duration.ofSeconds(20);
    /** A node that was just created may be missing from a cache. */
    private static final Duration QUARANTINE = Duration.ofSeconds(40);
    private static final int FINISHED_LIMIT = 12_500;

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Clock clock;
    private final Map<String, Instant> missedSince = new HashMap<>();

    public PodGcReconciler(Informers informers, Clock clock) {
        this.pods = informers.of(ResourceTypes.PODS);
        this.nodes = informers.of(ResourceTypes.NODES);
        this.clock = clock;
    }

    public ControllerSpec<ObjectKey> spec() {
        return new ControllerSpec<>("podgc", 1, this, List.<Source<?, ObjectKey>>of(),
                List.of(ResourceTypes.PODS, ResourceTypes.NODES), List.of(ALL));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Instant now = clock.now();
        var snapshot = new PodGcPlan.Snapshot(pods.list(), goneNodes(client, now), FINISHED_LIMIT);
        for (PodGcPlan.Removal removal : PodGcPlan.of(snapshot)) {
            try {
                if (removal instanceof PodGcPlan.Removal.Orphan(Pod pod) && !Pods.finished(pod)) {
                    markFailed(pod, client, now);
                }
                client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(removal.pod()),
                        DeleteQuery.now(removal.pod().getMetadata().getUid()));
            } catch (ApiException e) {
                if (!e.is(Reason.NOT_FOUND) && !e.is(Reason.CONFLICT)) {
                    throw e;
                }
            }
        }
        return Outcome.after(PERIOD);
    }

    private static void markFailed(Pod pod, ApiClient client, Instant now) {
        Pod marked = Pods.withCondition(pod, PodCondition.newBuilder().setType("DisruptionTarget").setStatus("True")
                .setReason("DeletionByPodGC").setMessage("PodGC: node no longer exists").build(), now);
        Pod.Builder failed = marked.toBuilder();
        failed.getStatusBuilder().setPhase("Failed");
        client.updateStatus(ResourceTypes.PODS, failed.build());
    }

    private Set<String> goneNodes(ApiClient client, Instant now) {
        Set<String> missing = new TreeSet<>();
        for (Pod pod : pods.list()) {
            String node = pod.getSpec().getNodeName();
            if (!node.isEmpty() && nodes.get(ObjectKey.cluster(node)).isEmpty()) {
                missing.add(node);
            }
        }
        missedSince.keySet().retainAll(missing);
        missing.forEach(node -> missedSince.putIfAbsent(node, now));
        missing.removeIf(node -> missedSince.get(node).plus(QUARANTINE).isAfter(now) || exists(node, client));
        return missing;
    }

    private static boolean exists(String node, ApiClient client) {
        try {
            client.get(ResourceTypes.NODES, ObjectKey.cluster(node));
            return true;
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }
}
