package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerState;
import dev.longshore.api.core.v1.ContainerStateTerminated;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a container's status says. A pure function of the snapshot. */
final class ContainerStatuses {
    private static final int UNKNOWN_EXIT_CODE = 137;

    private ContainerStatuses() {
    }

    static ContainerStatus of(PodSnapshot now, Container container, String runtimeName) {
        Optional<ContainerView> latest = now.latest(container.getName());
        return latest.isEmpty() ? unborn(now, container) : existing(now, container, latest.get(), runtimeName);
    }

    private static ContainerStatus unborn(PodSnapshot now, Container container) {
        Optional<ContainerStatus> reported = reported(now, container.getName());
        boolean over = !(now.state() instanceof PodState.New) && !(now.state() instanceof PodState.Active);
        if (reported.isPresent() && (now.state() instanceof PodState.New || over)) {
            return over ? lost(reported.get()) : reported.get();
        }
        return blank(container).setState(waiting(now, container)).build();
    }

    /** A container that the API knows as running, of which nothing is left on this node. */
    private static ContainerStatus lost(ContainerStatus reported) {
        if (!reported.getState().hasRunning()) {
            return reported;
        }
        ContainerStatus.Builder status = reported.toBuilder().setReady(false).setStarted(false);
        status.setState(ContainerState.newBuilder().setTerminated(ContainerStateTerminated.newBuilder()
                .setExitCode(UNKNOWN_EXIT_CODE).setReason("ContainerStatusUnknown")
                .setMessage("The container could not be located when the pod was terminated")));
        return status.build();
    }

    private static Optional<ContainerStatus> reported(PodSnapshot now, String name) {
        List<ContainerStatus> known = PodSpecs.init(now.pod(), name)
                ? now.pod().getStatus().getInitContainerStatusesList()
                : now.pod().getStatus().getContainerStatusesList();
        return known.stream().filter(status -> status.getName().equals(name)).findFirst();
    }

    private static ContainerStatus existing(PodSnapshot now, Container container, ContainerView view, String runtime) {
        ContainerStatus.Builder status = blank(container).setRestartCount(view.attempt()).setImageID(view.imageId())
                .setContainerID(runtime + "://" + view.id());
        now.previous(container.getName()).filter(ContainerView::exited)
                .ifPresent(last -> status.setLastState(terminated(last, runtime)));
        switch (view.state()) {
            case CREATED -> status.setState(waiting(now, container));
            case UNKNOWN, RUNNING -> running(now, container, view, status);
            case EXITED -> exited(now, container, view, status, runtime);
        }
        return status.build();
    }

    private static void running(PodSnapshot now, Container container, ContainerView view,
            ContainerStatus.Builder status) {
        if (now.hooks().contains(view.id())) {
            status.setState(waiting(now, container));
            return;
        }
        Health health = now.healthOf(view);
        boolean counts = PodSpecs.sidecar(container) || !PodSpecs.init(now.pod(), container.getName());
        status.setStarted(health.started()).setReady(counts && health.started() && health.ready());
        status.getStateBuilder().getRunningBuilder().setStartedAt(Times.time(view.startedAt()));
    }

    private static void exited(PodSnapshot now, Container container, ContainerView view,
            ContainerStatus.Builder status, String runtime) {
        ContainerState ended = terminated(view, runtime);
        status.setState(ended);
        boolean init = PodSpecs.init(now.pod(), container.getName()) && !PodSpecs.sidecar(container);
        status.setReady(init && view.exitCode() == 0);
        boolean restarts = now.state() instanceof PodState.Active
                && PodSpecs.restarts(now.pod(), container, view.exitCode());
        if (!restarts) {
            return;
        }
        RestartBackoff backoff = now.backoff(container.getName());
        Optional<Hold> hold = now.held(container.getName());
        if (hold.isPresent()) {
            status.setLastState(ended).setState(waiting(hold.get().reason(), hold.get().message()));
        } else if (backoff.notBefore(view.finishedAt()).isAfter(now.now())) {
            status.setLastState(ended).setState(waiting("CrashLoopBackOff", "back-off " + text(backoff.delay())
                    + " restarting failed container=" + container.getName() + " pod=" + PodSpecs.label(now.pod())));
        }
    }

    private static ContainerStatus.Builder blank(Container container) {
        return ContainerStatus.newBuilder().setName(container.getName()).setImage(container.getImage()).setImageID("")
                .setReady(false).setStarted(false).setRestartCount(0).setState(ContainerState.getDefaultInstance())
                .setLastState(ContainerState.getDefaultInstance());
    }

    private static ContainerState waiting(PodSnapshot now, Container container) {
        // A hold that has run out still is the last thing known about this container.
        Hold hold = now.holds().get(container.getName());
        if (hold != null) {
            return waiting(hold.reason(), hold.message());
        }
        boolean initializing = now.pod().getSpec().getInitContainersCount() > 0
                && !now.pod().getSpec().getInitContainersList().get(0).getName().equals(container.getName());
        return waiting(initializing ? "PodInitializing" : "ContainerCreating", "");
    }

    private static ContainerState waiting(String reason, String message) {
        ContainerState.Builder state = ContainerState.newBuilder();
        state.getWaitingBuilder().setReason(reason);
        if (!message.isEmpty()) {
            state.getWaitingBuilder().setMessage(message);
        }
        return state.build();
    }

    private static ContainerState terminated(ContainerView view, String runtime) {
        ContainerStateTerminated.Builder ended = ContainerStateTerminated.newBuilder().setExitCode(view.exitCode())
                .setReason(view.reason().isEmpty() ? view.exitCode() == 0 ? "Completed" : "Error" : view.reason())
                .setStartedAt(Times.time(view.startedAt())).setFinishedAt(Times.time(view.finishedAt()))
                .setContainerID(runtime + "://" + view.id());
        if (!view.message().isEmpty()) {
            ended.setMessage(view.message());
        }
        return ContainerState.newBuilder().setTerminated(ended).build();
    }

    /** A duration as Go prints it: {@code 10s}, {@code 1m20s}, {@code 5m0s}. */
    static String text(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + "s"
                : duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
    }
}
