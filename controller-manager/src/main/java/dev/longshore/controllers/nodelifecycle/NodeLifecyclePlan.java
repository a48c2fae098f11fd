package dev.longshore.controllers.nodelifecycle;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.values.Times;
import dev.longshore.controllers.objects.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a node's heartbeat and conditions. Pure. Names and texts: Kubernetes, node lifecycle controller.
 *
 * @param status nodes with a new status, when the node has gone silent
 * @param taints the node with the taints that its conditions demand, when they differ
 * @param pods   pods to write, not ready because their node is not
 */
record NodeLifecyclePlan(Optional<Node> status, Optional<Node> taints, List<Pod> pods) {
    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private static final List<String> HEARTBEAT_CONDITIONS = List.of("Ready", "MemoryPressure", "DiskPressure",
            "PIDPressure");
    private static final Map<String, String> PRESSURE_TAINTS = pressureTaints();
    private static final List<String> OURS = ours();

    /**
     * What the plan is made of.
     *
     * @param pods     of the node
     * @param lastSeen when a change of the node's lease or status was last noticed, by our clock
     * @param grace    how long a node may be silent
     */
    record Snapshot(Node node, List<Pod> pods, Instant lastSeen, Duration grace) {}

    private static Map<String, String> pressureTaints() {
        Map<String, String> taints = new LinkedHashMap<>();
        taints.put("MemoryPressure", "node.kubernetes.io/memory-pressure");
        taints.put("DiskPressure", "node.kubernetes.io/disk-pressure");
        taints.put("PIDPressure", "node.kubernetes.io/pid-pressure");
        taints.put("NetworkUnavailable", "node.kubernetes.io/network-unavailable");
        return taints;
    }

    private static List<String> ours() {
        List<String> ours = new ArrayList<>(PRESSURE_TAINTS.values());
        ours.addAll(List.of(NOT_READY, UNREACHABLE, "node.kubernetes.io/unschedulable"));
        return ours;
    }

    static NodeLifecyclePlan of(Snapshot snapshot, Instant now) {
        Node node = snapshot.node();
        boolean silent = !snapshot.lastSeen().plus(snapshot.grace()).isAfter(now);
        Optional<Node> status = silent ? silenced(node, now) : Optional.empty();
        Node effective = status.orElse(node);
        Optional<Node> taints = tainted(effective, now);
        boolean ready = status(effective, "Ready").equals("True");
        // A node that never said anything has no pods to doubt.
        List<Pod> pods = ready
                ? List.of()
                : snapshot.pods().stream().filter(Pods::ready)
                        .map(pod -> Pods.withCondition(pod,
                                PodCondition.newBuilder().setType("Ready").setStatus("False")
                                        .setReason("NodeNotReady").build(),
                                now))
                        .toList();
        return new NodeLifecyclePlan(status, taints, pods);
    }

    private static String status(Node node, String type) {
        return node.getStatus().getConditionsList().stream().filter(c -> c.getType().equals(type))
                .map(NodeCondition::getStatus).findFirst().orElse("");
    }

    private static Optional<Node> silenced(Node node, Instant now) {
        Node.Builder after = node.toBuilder();
        for (String type : HEARTBEAT_CONDITIONS) {
            Optional<NodeCondition> before = node.getStatus().getConditionsList().stream()
                    .filter(c -> c.getType().equals(type)).findFirst();
            if (before.filter(c -> c.getStatus().equals("Unknown")).isPresent()) {
                continue;
            }
            NodeCondition.Builder unknown = before.map(NodeCondition::toBuilder)
                    .orElseGet(() -> NodeCondition.newBuilder().setType(type)
                            .setLastHeartbeatTime(node.getMetadata().getCreationTimestamp()));
            unknown.setStatus("Unknown").setLastTransitionTime(Times.time(now))
                    .setReason(before.isPresent() ? "NodeStatusUnknown" : "NodeStatusNeverUpdated")
                    .setMessage(before.isPresent()
                            ? "Kubelet stopped posting node status."
                            : "Kubelet never posted node status.");
            int index = before.map(node.getStatus().getConditionsList()::indexOf).orElse(-1);
            if (index < 0) {
                after.getStatusBuilder().addConditions(unknown);
            } else {
                after.getStatusBuilder().setConditions(index, unknown);
            }
        }
        return after.build().equals(node) ? Optional.empty() : Optional.of(after.build());
    }

    private static Optional<Node> tainted(Node node, Instant now) {
        List<Taint> wanted = wantedTaints(node);
        List<Taint> after = new ArrayList<>(node.getSpec().getTaintsList().stream()
                .filter(taint -> !ours(taint) || contains(wanted, taint)).toList());
        wanted.stream().filter(taint -> !contains(node.getSpec().getTaintsList(), taint))
                .forEach(taint -> after.add(taint.toBuilder().setTimeAdded(Times.time(now)).build()));
        if (after.equals(node.getSpec().getTaintsList())) {
            return Optional.empty();
        }
        Node.Builder builder = node.toBuilder();
        builder.getSpecBuilder().clearTaints().addAllTaints(after);
        return Optional.of(builder.build());
    }

    private static List<Taint> wantedTaints(Node node) {
        List<Taint> wanted = new ArrayList<>();
        switch (status(node, "Ready")) {
            case "True" -> {
            }
            case "Unknown" -> both(UNREACHABLE, wanted);
            default -> both(NOT_READY, wanted);
        }
        PRESSURE_TAINTS.forEach((condition, key) -> {
            if (status(node, condition).equals("True")) {
                wanted.add(taint(key, "NoSchedule"));
            }
        });
        if (node.getSpec().getUnschedulable()) {
            wanted.add(taint("node.kubernetes.io/unschedulable", "NoSchedule"));
        }
        return wanted;
    }

    private static void both(String key, List<Taint> wanted) {
        wanted.add(taint(key, "NoSchedule"));
        wanted.add(taint(key, "NoExecute"));
    }

    private static boolean ours(Taint taint) {
        boolean always = taint.getKey().equals(NOT_READY) || taint.getKey().equals(UNREACHABLE);
        return OURS.contains(taint.getKey()) && (always || taint.getEffect().equals("NoSchedule"));
    }

    private static boolean contains(List<Taint> taints, Taint taint) {
        return taints.stream().anyMatch(t -> t.getKey().equals(taint.getKey())
                && t.getEffect().equals(taint.getEffect()));
    }

    private static Taint taint(String key, String effect) {
        return Taint.newBuilder().setKey(key).setEffect(effect).build();
    }
}
