package dev.longshore.apiserver.table;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerState;
import dev.longshore.api.core.v1.ContainerStateTerminated;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pods as people read them (source: the recorded tables of Kubernetes 1.32 and the rules that explain them). */
final class PodPrinter {
    static final Printer<Pod> PRINTER = Printer.of(
            "Name, Ready, Status, Restarts, Age, IP*, Node*, Nominated Node*, Readiness Gates*", PodPrinter::row);

    private static final String NONE = "<none>";

    private final Pod pod;
    private final Map<String, Container> initContainers;
    private String reason;
    private int restarts;
    private int restartableInitRestarts;
    private int ready;
    private Optional<Instant> lastRestart = Optional.empty();

    private PodPrinter(Pod pod) {
        this.pod = pod;
        this.initContainers = pod.getSpec().getInitContainersList().stream()
                .collect(Collectors.toMap(Container::getName, Function.identity(), (first, _) -> first));
        this.reason = pod.getStatus().getReason().isEmpty()
                ? pod.getStatus().getPhase()
                : pod.getStatus().getReason();
    }

    private static Row row(Pod pod, Instant now) {
        PodPrinter printer = new PodPrinter(pod);
        printer.read();
        return new Row(List.of(pod.getMetadata().getName(), printer.ready + "/" + printer.total(), printer.reason,
                printer.restartText(now), Ages.since(pod.getMetadata().getCreationTimestamp(), now),
                orNone(pod.getStatus().getPodIPsCount() > 0
                        ? pod.getStatus().getPodIPs(0).getIp()
                        : pod.getStatus().getPodIP()),
                orNone(pod.getSpec().getNodeName()), orNone(pod.getStatus().getNominatedNodeName()),
                printer.gates()), printer.conditions());
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    private void read() {
        if (pod.getStatus().getConditionsList().stream().anyMatch(condition -> condition.getType()
                .equals("PodScheduled") && condition.getReason().equals("SchedulingGated"))) {
            reason = "SchedulingGated";
        }
        boolean initializing = readInitContainers();
        if (!initializing || conditionIsTrue("Initialized")) {
            restarts = restartableInitRestarts;
            readContainers();
        }
        if (pod.getMetadata().hasDeletionTimestamp()) {
            if (pod.getStatus().getReason().equals("NodeLost")) {
                reason = "Unknown";
            } else if (!isFinished()) {
                reason = "Terminating";
            }
        }
    }

    private boolean isFinished() {
        String phase = pod.getStatus().getPhase();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether an init container has not done its part yet. */
    private boolean readInitContainers() {
        List<ContainerStatus> statuses = pod.getStatus().getInitContainerStatusesList();
        for (int i = 0; i < statuses.size(); i++) {
            ContainerStatus status = statuses.get(i);
            boolean sidecar = isRestartable(initContainers.getOrDefault(status.getName(),
                    Container.getDefaultInstance()));
            restarts += status.getRestartCount();
            noteRestart(status);
            if (sidecar) {
                restartableInitRestarts += status.getRestartCount();
            }
            ContainerState state = status.getState();
            if (state.hasTerminated() && state.getTerminated().getExitCode() == 0) {
                continue;
            }
            if (sidecar && status.getStarted()) {
                ready += status.getReady() ? 1 : 0;
                continue;
            }
            reason = "Init:" + initReason(state, i);
            return true;
        }
        return false;
    }

    private String initReason(ContainerState state, int index) {
        if (state.hasTerminated()) {
            return ended(state.getTerminated());
        }
        String waiting = state.getWaiting().getReason();
        return !waiting.isEmpty() && !waiting.equals("PodInitializing")
                ? waiting
                : index + "/" + pod.getSpec().getInitContainersCount();
    }

    private static String ended(ContainerStateTerminated end) {
        if (!end.getReason().isEmpty()) {
            return end.getReason();
        }
        return end.getSignal() != 0 ? "Signal:" + end.getSignal() : "ExitCode:" + end.getExitCode();
    }

    private void readContainers() {
        boolean running = false;
        for (ContainerStatus status : pod.getStatus().getContainerStatusesList().reversed()) {
            restarts += status.getRestartCount();
            noteRestart(status);
            ContainerState state = status.getState();
            if (!state.getWaiting().getReason().isEmpty()) {
                reason = state.getWaiting().getReason();
            } else if (state.hasTerminated()) {
                reason = ended(state.getTerminated());
            } else if (status.getReady() && state.hasRunning()) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = conditionIsTrue("Ready") ? "Running" : "NotReady";
        }
    }

    private void noteRestart(ContainerStatus status) {
        if (status.getLastState().hasTerminated()) {
            lastRestart = Stream
                    .concat(lastRestart.stream(),
                            Times.instant(status.getLastState().getTerminated().getFinishedAt()).stream())
                    .max(Instant::compareTo);
        }
    }

    private boolean conditionIsTrue(String type) {
        return pod.getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getType().equals(type) && condition.getStatus().equals("True"));
    }

    private int total() {
        return pod.getSpec().getContainersCount()
                + (int) pod.getSpec().getInitContainersList().stream().filter(PodPrinter::isRestartable).count();
    }

    private static boolean isRestartable(Container container) {
        return container.getRestartPolicy().equals("Always");
    }

    private String restartText(Instant now) {
        return restarts > 0 && lastRestart.isPresent()
                ? restarts + " (" + Ages.text(now.getEpochSecond() - lastRestart.get().getEpochSecond()) + " ago)"
                : Integer.toString(restarts);
    }

    private String gates() {
        int count = pod.getSpec().getReadinessGatesCount();
        if (count == 0) {
            return NONE;
        }
        Map<String, String> conditions = pod.getStatus().getConditionsList().stream()
                .collect(Collectors.toMap(PodCondition::getType, PodCondition::getStatus, (first, _) -> first));
        long met = pod.getSpec().getReadinessGatesList().stream()
                .filter(gate -> "True".equals(conditions.get(gate.getConditionType()))).count();
        return met + "/" + count;
    }

    private List<Row.Condition> conditions() {
        return switch (pod.getStatus().getPhase()) {
            case "Succeeded" -> List.of(new Row.Condition("Completed", "True", "Succeeded",
                    "The pod has completed successfully."));
            case "Failed" -> List.of(new Row.Condition("Completed", "True", "Failed", "The pod failed."));
            default -> List.of();
        };
    }
}
