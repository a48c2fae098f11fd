package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.HostIP;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.core.v1.PodReadinessGate;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.values.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod's status says. A pure function of the snapshot and the node; what others wrote into the status (the
 * scheduler's condition, readiness gates) stays.
 */
public final class PodStatusBuilder {
    private PodStatusBuilder() {
    }

    public static PodStatus build(PodSnapshot now, NodeFacts node) {
        Pod pod = now.pod();
        PodStatus.Builder status = pod.getStatus().toBuilder().clearContainerStatuses().clearInitContainerStatuses()
                .setPhase(PodPhase.of(now)).setQosClass(Qos.of(pod).text());
        pod.getSpec().getContainersList().forEach(
                item -> status.addContainerStatuses(ContainerStatuses.of(now, item, node.runtimeName())));
        pod.getSpec().getInitContainersList().forEach(
                item -> status.addInitContainerStatuses(ContainerStatuses.of(now, item, node.runtimeName())));
        if (!status.hasStartTime()) {
            status.setStartTime(Times.time(now.now()));
        }
        addresses(now, node, status);
        failure(now, status);
        conditions(now, status);
        return status.build();
    }

    private static void addresses(PodSnapshot now, NodeFacts node, PodStatus.Builder status) {
        if (!node.ips().isEmpty()) {
            status.setHostIP(node.ips().getFirst()).clearHostIPs();
            node.ips().forEach(ip -> status.addHostIPs(HostIP.newBuilder().setIp(ip)));
        }
        List<String> ips = ips(now, node);
        if (!ips.isEmpty()) {
            status.setPodIP(ips.getFirst()).clearPodIPs();
            ips.forEach(ip -> status.addPodIPs(PodIP.newBuilder().setIp(ip)));
        }
    }

    /** The pod's addresses; empty before its network is up. */
    static List<String> ips(PodSnapshot now, NodeFacts node) {
        if (now.pod().getSpec().getHostNetwork()) {
            return now.sandbox().isPresent() ? node.ips() : List.of();
        }
        return now.sandbox().map(SandboxView::ips).orElse(List.of());
    }

    private static void failure(PodSnapshot now, PodStatus.Builder status) {
        String failure = switch (now.state()) {
            case PodState.Terminating state -> state.failure();
            case PodState.Finished state -> state.failure();
            case PodState.New _,PodState.Active _,PodState.Cleaning _,PodState.Gone _ -> "";
        };
        if (failure.equals("DeadlineExceeded")) {
            status.setReason(failure).setMessage("Pod was active on the node longer than the specified deadline");
        }
    }

    private static void conditions(PodSnapshot now, PodStatus.Builder status) {
        Map<String, PodCondition> conditions = new LinkedHashMap<>();
        status.getConditionsList().forEach(item -> conditions.put(item.getType(), item));
        boolean finished = status.getPhase().equals("Succeeded") || status.getPhase().equals("Failed");
        boolean sandbox = now.sandbox().filter(SandboxView::ready).isPresent();
        put(now, conditions, "PodReadyToStartContainers", sandbox && !finished, "", "");
        if (status.getPhase().equals("Succeeded")) {
            put(now, conditions, "Initialized", true, "PodCompleted", "");
            put(now, conditions, "Ready", false, "PodCompleted", "");
            put(now, conditions, "ContainersReady", false, "PodCompleted", "");
        } else {
            initialized(now, conditions);
            ready(now, conditions, status, finished);
        }
        if (!conditions.containsKey("PodScheduled")) {
            put(now, conditions, "PodScheduled", true, "", "");
        }
        status.clearConditions().addAllConditions(conditions.values());
    }

    private static void initialized(PodSnapshot now, Map<String, PodCondition> conditions) {
        boolean begun = now.pod().getSpec().getContainersList().stream()
                .anyMatch(item -> now.latest(item.getName()).isPresent());
        List<String> open = new ArrayList<>();
        for (Container container : now.pod().getSpec().getInitContainersList()) {
            Optional<ContainerView> view = now.latest(container.getName());
            boolean done = begun || view.filter(item -> PodSpecs.sidecar(container)
                    ? item.running() && now.healthOf(item).started()
                    : item.exited() && item.exitCode() == 0).isPresent();
            if (!done) {
                open.add(container.getName());
            }
        }
        put(now, conditions, "Initialized", open.isEmpty(), open.isEmpty() ? "" : "ContainersNotInitialized",
                open.isEmpty() ? "" : "containers with incomplete status: " + words(open));
    }

    private static void ready(PodSnapshot now, Map<String, PodCondition> conditions, PodStatus.Builder status,
            boolean finished) {
        List<String> unready = new ArrayList<>();
        for (int i = 0; i < status.getInitContainerStatusesCount(); i++) {
            if (PodSpecs.sidecar(now.pod().getSpec().getInitContainers(i))) {
                unready(status.getInitContainerStatuses(i), unready);
            }
        }
        status.getContainerStatusesList().forEach(item -> unready(item, unready));
        boolean containers = unready.isEmpty() && !finished;
        String reason = containers ? "" : finished ? "PodFailed" : "ContainersNotReady";
        String message = containers || finished ? "" : "containers with unready status: " + words(unready);
        put(now, conditions, "ContainersReady", containers, reason, message);
        List<String> gates = now.pod().getSpec().getReadinessGatesList().stream()
                .map(PodReadinessGate::getConditionType).filter(type -> !isTrue(conditions, type)).toList();
        if (containers && !gates.isEmpty()) {
            put(now, conditions, "Ready", false, "ReadinessGatesNotReady",
                    "the status of pod readiness gate \"" + gates.getFirst() + "\" is not \"True\"");
        } else {
            put(now, conditions, "Ready", containers, reason, message);
        }
    }

    private static void unready(ContainerStatus status, List<String> names) {
        if (!status.getReady()) {
            names.add(status.getName());
        }
    }

    private static boolean isTrue(Map<String, PodCondition> conditions, String type) {
        return conditions.containsKey(type) && conditions.get(type).getStatus().equals("True");
    }

    private static void put(PodSnapshot now, Map<String, PodCondition> conditions, String type, boolean value,
            String reason, String message) {
        String status = value ? "True" : "False";
        PodCondition before = conditions.get(type);
        boolean same = before != null && before.getStatus().equals(status);
        PodCondition.Builder condition = PodCondition.newBuilder().setType(type).setStatus(status)
                .setLastTransitionTime(same ? before.getLastTransitionTime() : Times.time(now.now()));
        if (!reason.isEmpty()) {
            condition.setReason(reason);
        }
        if (!message.isEmpty()) {
            condition.setMessage(message);
        }
        conditions.put(type, condition.build());
    }

    private static String words(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }
}
