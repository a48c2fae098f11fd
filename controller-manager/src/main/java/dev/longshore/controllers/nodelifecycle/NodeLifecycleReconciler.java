package dev.longshore.controllers.nodelifecycle;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.MicroTime;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.client.ApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out what {@link NodeLifecyclePlan} decides. It remembers when each heartbeat was first seen, by its own
 * clock: the node's clock may be wrong. After a restart every node has its full grace again.
 */
public final class NodeLifecycleReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;
    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private record Heartbeat(MicroTime renewed, Time reported, Instant seen) {}

    private final Informer<Node> nodes;
    private final Informer<Lease> leases;
    private final Informer<Pod> pods;
    private final Duration grace;
    private final Clock clock;
    private final Events events;
    private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();

    /** @param grace how long a node may be silent; Kubernetes 1.32 has 50 s */
    public NodeLifecycleReconciler(Informers informers, Duration grace, Clock clock, Events events) {
        this.nodes = informers.of(ResourceTypes.NODES);
        this.leases = informers.of(ResourceTypes.LEASES);
        this.pods = informers.of(ResourceTypes.PODS);
        this.grace = grace;
        this.clock = clock;
        this.events = events;
    }

    public ControllerSpec<ObjectKey> spec() {
        return new ControllerSpec<>("node_lifecycle", WORKERS, this, List.of(Source.self(ResourceTypes.NODES),
                new Source<>(ResourceTypes.LEASES, lease -> lease.getMetadata().getNamespace().equals(LEASE_NAMESPACE)
                        ? List.of(ObjectKey.cluster(lease.getMetadata().getName()))
                        : List.of()),
                new Source<>(ResourceTypes.PODS, this::silentNodeOf)), List.of(), List.of());
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Node> found = nodes.get(key);
        if (found.isEmpty()) {
            heartbeats.remove(key.name());
            return Outcome.done();
        }
        Instant now = clock.now();
        Instant seen = heartbeat(found.get(), now);
        NodeLifecyclePlan plan = NodeLifecyclePlan.of(new NodeLifecyclePlan.Snapshot(found.get(),
                pods.byIndex(Informers.NODE, key.name()), seen, grace), now);
        execute(found.get(), plan, client);
        Duration left = Duration.between(now, seen.plus(grace));
        return left.isPositive() ? Outcome.after(left) : Outcome.done();
    }

    private void execute(Node node, NodeLifecyclePlan plan, ApiClient client) {
        String version = node.getMetadata().getResourceVersion();
        if (plan.status().isPresent()) {
            Node stored = client.updateStatus(ResourceTypes.NODES, plan.status().get());
            version = stored.getMetadata().getResourceVersion();
            events.record(node, Kind.NORMAL, "NodeNotReady",
                    "Node " + node.getMetadata().getName() + " status is now: NodeNotReady");
        }
        if (plan.taints().isPresent()) {
            Node.Builder after = plan.taints().get().toBuilder();
            after.getMetadataBuilder().setResourceVersion(version);
            client.update(ResourceTypes.NODES, after.build());
        }
        for (Pod pod : plan.pods()) {
            try {
                client.updateStatus(ResourceTypes.PODS, pod);
                events.record(pod, Kind.WARNING, "NodeNotReady", "Node is not ready");
            } catch (ApiException e) {
                if (!e.is(Reason.NOT_FOUND)) {
                    throw e;
                }
            }
        }
    }

    private Instant heartbeat(Node node, Instant now) {
        MicroTime renewed = leases.get(new ObjectKey(LEASE_NAMESPACE, node.getMetadata().getName()))
                .map(lease -> lease.getSpec().getRenewTime()).orElse(MicroTime.getDefaultInstance());
        Time reported = node.getStatus().getConditionsList().stream().filter(c -> c.getType().equals("Ready"))
                .map(NodeCondition::getLastHeartbeatTime).findFirst().orElse(Time.getDefaultInstance());
        return heartbeats.compute(node.getMetadata().getName(), (_, before) -> before != null
                && before.renewed().equals(renewed) && before.reported().equals(reported)
                        ? before
                        : new Heartbeat(renewed, reported, now))
                .seen();
    }

    /** A pod that became ready on a silent node in the same moment. */
    private List<ObjectKey> silentNodeOf(Pod pod) {
        return nodes.get(ObjectKey.cluster(pod.getSpec().getNodeName()))
                .filter(node -> node.getStatus().getConditionsList().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && !c.getStatus().equals("True")))
                .map(node -> List.of(ResourceTypes.NODES.key(node))).orElse(List.of());
    }
}
