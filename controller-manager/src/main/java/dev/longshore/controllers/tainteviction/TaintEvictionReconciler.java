package dev.longshore.controllers.tainteviction;

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

/** Carries out what {@link TaintEvictionPlan} decides, per pod. */
public final class TaintEvictionReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 8;

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Clock clock;
    private final Events events;

    public TaintEvictionReconciler(Informers informers, Clock clock, Events events) {
        this.pods = informers.of(ResourceTypes.PODS);
        this.nodes = informers.of(ResourceTypes.NODES);
        this.clock = clock;
        this.events = events;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("taint_eviction", WORKERS, this, List.of(
                new Source<>(ResourceTypes.PODS, this::ifTainted), new Source<>(ResourceTypes.NODES, this::podsOf)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Pod> pod = pods.get(key).filter(p -> !Pods.terminating(p));
        Optional<Instant> at = pod.flatMap(p -> nodes.get(ObjectKey.cluster(p.getSpec().getNodeName())))
                .flatMap(node -> TaintEvictionPlan.evictAt(node.getSpec().getTaintsList(),
                        pod.get().getSpec().getTolerationsList()));
        if (at.isEmpty()) {
            return Outcome.done();
        }
        Instant now = clock.now();
        if (at.get().isAfter(now)) {
            return Outcome.after(Duration.between(now, at.get()));
        }
        evict(pod.get(), client, now);
        return Outcome.done();
    }

    private void evict(Pod pod, ApiClient client, Instant now) {
        try {
            client.updateStatus(ResourceTypes.PODS, Pods.withCondition(pod, PodCondition.newBuilder()
                    .setType("DisruptionTarget").setStatus("True").setReason("DeletionByTaintManager")
                    .setMessage("Taint manager: deleting due to NoExecute taint").build(), now));
            client.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                    DeleteQuery.of(pod.getMetadata().getUid()));
            events.record(pod, Kind.NORMAL, "TaintManagerEviction",
                    "Marking for deletion Pod " + ResourceTypes.PODS.key(pod));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private List<ObjectKey> ifTainted(Pod pod) {
        return nodes.get(ObjectKey.cluster(pod.getSpec().getNodeName())).filter(TaintEvictionReconciler::tainted)
                .map(_ -> List.of(ResourceTypes.PODS.key(pod))).orElse(List.of());
    }

    private List<ObjectKey> podsOf(Node node) {
        return tainted(node)
                ? pods.byIndex(Informers.NODE, node.getMetadata().getName()).stream()
                        .map(ResourceTypes.PODS::key).toList()
                : List.of();
    }

    private static boolean tainted(Node node) {
        return node.getSpec().getTaintsList().stream().anyMatch(taint -> taint.getEffect().equals("NoExecute"));
    }
}
