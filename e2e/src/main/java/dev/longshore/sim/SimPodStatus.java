package dev.longshore.sim;

import dev.longshore.api.core.v1.ContainerState;
import dev.longshore.api.core.v1.ContainerStateRunning;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.List;

/** The status that an agent writes for a pod whose containers run. */
final class SimPodStatus {
    private static final List<String> OWN_CONDITIONS = List.of("PodReadyToStartContainers", "Initialized",
            "ContainersReady", "Ready");

    private SimPodStatus() {
    }

    static boolean shows(Pod pod, SimNode.Running running, boolean ready) {
        PodStatus status = pod.getStatus();
        return status.getPhase().equals("Running") && status.getPodIP().equals(running.podIp())
                && status.getContainerStatusesCount() > 0
                && status.getContainerStatuses(0).getRestartCount() == running.restarts()
                && ready(pod) == ready;
    }

    static boolean ready(Pod pod) {
        return pod.getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    }

    static Pod with(Pod pod, SimNode.Running running, boolean ready, SimNode node, Instant now) {
        PodStatus.Builder status = pod.getStatus().toBuilder().setPhase("Running").setPodIP(running.podIp())
                .clearPodIPs().addPodIPs(PodIP.newBuilder().setIp(running.podIp())).setHostIP(node.address())
                .setStartTime(pod.getStatus().hasStartTime() ? pod.getStatus().getStartTime() : Times.time(now))
                .clearContainerStatuses().clearConditions();
        pod.getSpec().getContainersList().forEach(container -> status.addContainerStatuses(
                ContainerStatus.newBuilder().setName(container.getName()).setImage(container.getImage())
                        .setImageID(container.getImage()).setReady(ready).setStarted(true)
                        .setRestartCount(running.restarts()).setState(ContainerState.newBuilder()
                                .setRunning(ContainerStateRunning.newBuilder().setStartedAt(Times.time(now))))));
        pod.getStatus().getConditionsList().stream()
                .filter(condition -> !OWN_CONDITIONS.contains(condition.getType())).forEach(status::addConditions);
        for (String type : OWN_CONDITIONS) {
            boolean holds = ready || !type.endsWith("Ready");
            status.addConditions(condition(pod, type, holds ? "True" : "False", now));
        }
        return pod.toBuilder().setStatus(status).build();
    }

    private static PodCondition condition(Pod pod, String type, String value, Instant now) {
        Time since = pod.getStatus().getConditionsList().stream()
                .filter(before -> before.getType().equals(type) && before.getStatus().equals(value))
                .map(PodCondition::getLastTransitionTime).findFirst().orElseGet(() -> Times.time(now));
        return PodCondition.newBuilder().setType(type).setStatus(value).setLastTransitionTime(since).build();
    }
}
