package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.api.core.v1.Container;
import java.util.List;
import java.util.Optional;

/** A pod's phase, from what its containers did (Kubernetes API, pod lifecycle: pod phase). */
public final class PodPhase {
    private PodPhase() {
    }

    /** Whether nothing of the pod will run again by itself. */
    static boolean terminal(PodSnapshot now) {
        if (initFailed(now)) {
            return true;
        }
        List<Container> containers = now.pod().getSpec().getContainersList();
        return !containers.isEmpty() && containers.stream().allMatch(container -> now.latest(container.getName())
                .filter(view -> view.exited() && !PodSpecs.restarts(now.pod(), container, view.exitCode()))
                .isPresent());
    }

    public static String of(PodSnapshot now) {
        if (PodSpecs.finished(now.pod())) {
            return now.pod().getStatus().getPhase();
        }
        return switch (now.state()) {
            case PodState.Finished(String failure) when !failure.isEmpty() -> "Failed";
            case PodState.Cleaning _,PodState.Gone _ -> ended(now);
            case PodState.New _,PodState.Active _,PodState.Terminating _,PodState.Finished _ -> living(now);
        };
    }

    private static String living(PodSnapshot now) {
        if (initFailed(now)) {
            return "Failed";
        }
        int running = 0;
        int stopped = 0;
        for (Container container : now.pod().getSpec().getContainersList()) {
            Optional<ContainerView> view = now.latest(container.getName());
            if (view.isEmpty() || view.get().state() == ContainerView.State.CREATED) {
                boolean history = now.previous(container.getName()).isPresent();
                if (!history) {
                    return "Pending";
                }
                stopped++;
            } else if (view.get().running()) {
                running++;
            } else {
                stopped++;
            }
        }
        if (running > 0) {
            return "Running";
        }
        if (stopped == 0) {
            return "Pending";
        }
        return terminal(now) ? ended(now) : "Running";
    }

    private static String ended(PodSnapshot now) {
        boolean allWell = now.pod().getSpec().getContainersList().stream()
                .allMatch(container -> now.latest(container.getName())
                        .filter(view -> view.exited() && view.exitCode() == 0).isPresent());
        return allWell ? "Succeeded" : "Failed";
    }

    private static boolean initFailed(PodSnapshot now) {
        return now.pod().getSpec().getInitContainersList().stream().filter(item -> !PodSpecs.sidecar(item))
                .anyMatch(container -> now.latest(container.getName())
                        .filter(view -> view.exited() && view.exitCode() != 0
                                && !PodSpecs.restarts(now.pod(), container, view.exitCode()))
                        .isPresent());
    }
}
