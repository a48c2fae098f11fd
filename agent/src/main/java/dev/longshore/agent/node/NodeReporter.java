package dev.longshore.agent.node;

import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.RuntimeCondition;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.runtime.RuntimeVersion;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.values.Times;
import dev.longshore.client.ApiClient;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the Node object and its Lease current: the Lease every 10 s, the status when it changes and every 5 min. One
 * report at a time, on task threads.
 */
public final class NodeReporter {
    private static final System.Logger LOG = System.getLogger(NodeReporter.class.getName());
    private static final String LEASE_NAMESPACE = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;
    private static final Duration LEASE_PERIOD = Duration.ofSeconds(10);
    /** Until the node is known and ready, and while something failed. */
    private static final Duration EAGER_PERIOD = Duration.ofMillis(250);
    private static final Duration STATUS_PERIOD = Duration.ofMinutes(5);
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(2);
    private static final int CONFLICTS_LIMIT = 5;

    private final AgentConfig config;
    private final MachineFacts machine;
    private final ApiClient client;
    private final ContainerRuntime runtime;
    private final Environment environment;
    private Optional<RuntimeVersion> version = Optional.empty();
    private Instant reportedAt = Instant.MIN;
    private Instant leasedAt = Instant.MIN;
    private volatile boolean ready;
    private volatile boolean stopped;

    public NodeReporter(AgentConfig config, MachineFacts machine, ApiClient client, ContainerRuntime runtime,
            Environment environment) {
        this.config = config;
        this.machine = machine;
        this.client = client;
        this.runtime = runtime;
        this.environment = environment;
    }

    public void start() {
        environment.tasks().execute(this::turn);
    }

    public void stop() {
        stopped = true;
    }

    /** Whether the API knows the node as ready. */
    public boolean ready() {
        return ready;
    }

    private void turn() {
        if (stopped) {
            return;
        }
        Duration next = EAGER_PERIOD;
        try {
            report();
            next = ready ? CHECK_PERIOD : EAGER_PERIOD;
        } catch (ApiException e) {
            LOG.log(System.Logger.Level.WARNING, "node=" + config.nodeName() + " not reported: " + e.getMessage());
        } catch (RuntimeFailure e) {
            LOG.log(System.Logger.Level.WARNING, "node=" + config.nodeName() + " runtime: " + e.getMessage());
        }
        environment.timers().after(next, () -> environment.tasks().execute(this::turn));
    }

    private void report() {
        Instant now = environment.clock().now();
        Node node = node();
        RuntimeCondition condition = condition();
        for (int attempt = 0;; attempt++) {
            NodeStatus status = NodeStatusBuilder.build(node, new NodeStatusBuilder.Input(config, machine,
                    version.orElse(new RuntimeVersion("containerd", "unknown")), condition,
                    condition.runtimeReady() ? runtime.images() : List.of(), now));
            if (!NodeStatusBuilder.differs(node.getStatus(), status)
                    && Duration.between(reportedAt, now).compareTo(STATUS_PERIOD) < 0) {
                break;
            }
            try {
                client.updateStatus(ResourceTypes.NODES, node.toBuilder().setStatus(status).build());
                reportedAt = now;
                break;
            } catch (ApiException e) {
                if (!e.is(Reason.CONFLICT) || attempt >= CONFLICTS_LIMIT) {
                    throw e;
                }
                node = node();
            }
        }
        ready = condition.ready();
        if (Duration.between(leasedAt, now).compareTo(LEASE_PERIOD) >= 0) {
            renew(node, now);
            leasedAt = now;
        }
    }

    private RuntimeCondition condition() {
        try {
            if (version.isEmpty()) {
                version = Optional.of(runtime.version());
            }
            return runtime.condition();
        } catch (RuntimeFailure e) {
            return new RuntimeCondition(false, false, "container runtime is down: " + e.getMessage());
        }
    }

    /** The Node object, made when it is not there, with the labels it must have. */
    private Node node() {
        Map<String, String> labels = NodeStatusBuilder.labels(config, machine);
        try {
            Node node = client.get(ResourceTypes.NODES, ObjectKey.cluster(config.nodeName()));
            if (node.getMetadata().getLabelsMap().entrySet().containsAll(labels.entrySet())) {
                return node;
            }
            Node.Builder labelled = node.toBuilder();
            labelled.getMetadataBuilder().putAllLabels(labels);
            return client.update(ResourceTypes.NODES, labelled.build());
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
        return client.create(ResourceTypes.NODES, Node.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(config.nodeName()).putAllLabels(labels)).build());
    }

    private void renew(Node node, Instant now) {
        ObjectKey key = new ObjectKey(LEASE_NAMESPACE, config.nodeName());
        try {
            Lease.Builder lease = client.get(ResourceTypes.LEASES, key).toBuilder();
            lease.getSpecBuilder().setHolderIdentity(config.nodeName()).setLeaseDurationSeconds(LEASE_SECONDS)
                    .setRenewTime(Times.microTime(now));
            client.update(ResourceTypes.LEASES, lease.build());
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                create(node, now);
            } else if (!e.is(Reason.CONFLICT)) {
                throw e;
            }
        }
    }

    private void create(Node node, Instant now) {
        Lease.Builder lease = Lease.newBuilder();
        lease.getMetadataBuilder().setNamespace(LEASE_NAMESPACE).setName(config.nodeName())
                .addOwnerReferences(OwnerReference.newBuilder().setApiVersion("v1").setKind("Node")
                        .setName(config.nodeName()).setUid(node.getMetadata().getUid()));
        lease.getSpecBuilder().setHolderIdentity(config.nodeName()).setLeaseDurationSeconds(LEASE_SECONDS)
                .setRenewTime(Times.microTime(now));
        client.create(ResourceTypes.LEASES, lease.build());
    }
}
