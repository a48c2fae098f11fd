package dev.longshore.sim;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.coordination.v1.LeaseSpec;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import dev.longshore.client.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps a node's Node object and Lease current, and makes them where they are missing. */
final class SimHeartbeat {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String LEASES = "kube-node-lease";

    private final SimNode node;
    private final ApiClient client;
    private final SimProcess process;

    SimHeartbeat(SimNode node, ApiClient client, SimProcess process) {
        this.node = node;
        this.client = client;
        this.process = process;
    }

    void start() {
        process.environment().tasks().execute(this::beat);
    }

    private void beat() {
        Duration next = PERIOD;
        try {
            writeNode();
            writeLease();
        } catch (ApiException e) {
            next = RETRY;
        }
        process.after(next, () -> process.environment().tasks().execute(this::beat));
    }

    private void writeNode() {
        Node found = find(ResourceTypes.NODES, ObjectKey.cluster(node.name()))
                .orElseGet(() -> client.create(ResourceTypes.NODES, Node.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(node.name())
                                .putLabels("kubernetes.io/hostname", node.name()))
                        .build()));
        boolean ready = found.getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
        if (!ready || found.getStatus().getAllocatableCount() == 0) {
            client.updateStatus(ResourceTypes.NODES, found.toBuilder().setStatus(status(found)).build());
        }
    }

    private NodeStatus status(Node found) {
        NodeStatus.Builder status = found.getStatus().toBuilder()
                .putAllocatable("cpu", Quantities.ofMilli(node.cpuMillis()))
                .putAllocatable("memory", Quantities.parse("16Gi")).putAllocatable("pods", Quantities.of(110));
        status.putAllCapacity(status.getAllocatableMap()).clearAddresses()
                .addAddresses(NodeAddress.newBuilder().setType("InternalIP").setAddress(node.address()))
                .clearConditions();
        return status.addConditions(NodeCondition.newBuilder().setType("Ready").setStatus("True")
                .setReason("KubeletReady").setLastHeartbeatTime(Times.time(now()))
                .setLastTransitionTime(Times.time(now()))).build();
    }

    private void writeLease() {
        ObjectKey key = new ObjectKey(LEASES, node.name());
        LeaseSpec.Builder spec = LeaseSpec.newBuilder().setHolderIdentity(node.name()).setLeaseDurationSeconds(40)
                .setRenewTime(Times.microTime(now()));
        Optional<Lease> found = find(ResourceTypes.LEASES, key);
        if (found.isPresent()) {
            client.update(ResourceTypes.LEASES, found.get().toBuilder().setSpec(spec).build());
        } else {
            client.create(ResourceTypes.LEASES, Lease.newBuilder()
                    .setMetadata(ObjectMeta.newBuilder().setNamespace(LEASES).setName(node.name())).setSpec(spec)
                    .build());
        }
    }

    private <T extends Message> Optional<T> find(ResourceType<T> type, ObjectKey key) {
        try {
            return Optional.of(client.get(type, key));
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Instant now() {
        return process.environment().clock().now();
    }
}
