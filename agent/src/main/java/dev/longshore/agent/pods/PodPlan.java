package dev.longshore.agent.pods;

import dev.longshore.agent.pods.PodAction.Kill;
import dev.longshore.agent.pods.PodAction.Nothing;
import dev.longshore.agent.pods.PodAction.Why;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a pod needs next. A pure function: the same snapshot gives the same step, and a step that is done
 * shows in
 * the next snapshot. Order of a pod's life: volumes, sandbox, init containers one after the other, main containers.
 */
public final class PodPlan {
    /** What a pod gets whose object was removed by force. */
    static final Duration FORCED_GRACE = Duration.ofSeconds(1);

    private static final PodAction WAIT = new Nothing(Instant.MAX);
    private static final int INSTANCES_KEPT = 2;

    private PodPlan() {
    }

    /** The state to be in and the action to carry out there. */
    public record Step(PodState state, PodAction action) {}

    public static Step next(PodSnapshot now) {
        return switch (now.state()) {
            case PodState.New _ -> fresh(now);
            case PodState.Active _ -> active(now);
            case PodState.Terminating state -> terminating(now, state);
            case PodState.Finished _ -> finished(now);
            case PodState.Cleaning state -> new Step(state, cleaning(now, state));
            case PodState.Gone state -> new Step(state, WAIT);
        };
    }

    /** The state after {@code action} succeeded. */
    public static PodState after(PodSnapshot now, PodAction action) {
        return switch (action) {
            case PodAction.MountVolumes _ when now.state() instanceof PodState.New -> new PodState.Active();
            case PodAction.AwaitWithdrawal _ when now.state() instanceof PodState.Terminating state ->
                new PodState.Terminating(state.since(), now.now().plus(Duration.between(state.since(),
                        state.deadline())), true, state.failure());
            case PodAction.CleanUp _ -> new PodState.Cleaning(true);
            case PodAction.ConfirmDeleted _ -> new PodState.Gone();
            case PodAction.Nothing _,PodAction.MountVolumes _,PodAction.AwaitWithdrawal _,PodAction.RunSandbox _,PodAction.StopSandbox _,PodAction.RemoveSandbox _,PodAction.PullImage _,PodAction.StartContainer _,PodAction.PostStart _,PodAction.StopContainers _,PodAction.RemoveContainer _ ->
                now.state();
        };
    }

    /** Whether the pod is to leave this node. */
    static boolean leaving(PodSnapshot now) {
        return !now.present() || PodSpecs.deleted(now.pod());
    }

    private static Step fresh(PodSnapshot now) {
        if (leaving(now)) {
            return terminate(now, "");
        }
        if (PodSpecs.finished(now.pod())) {
            return next(now.in(new PodState.Finished(now.pod().getStatus().getReason())));
        }
        return new Step(now.state(), unlessHeld(now, PodSnapshot.POD, new PodAction.MountVolumes()));
    }

    private static Step active(PodSnapshot now) {
        if (leaving(now)) {
            return terminate(now, "");
        }
        if (!now.now().isBefore(PodSpecs.deadline(now.pod()))) {
            return terminate(now, "DeadlineExceeded");
        }
        if (PodPhase.terminal(now)) {
            return next(now.in(new PodState.Finished("")));
        }
        return new Step(now.state(), until(run(now), PodSpecs.deadline(now.pod())));
    }

    private static PodAction run(PodSnapshot now) {
        Optional<SandboxView> ready = now.sandbox().filter(SandboxView::ready);
        return ready.isPresent() ? containers(now, ready.get()) : sandbox(now);
    }

    private static PodAction sandbox(PodSnapshot now) {
        List<Kill> left = running(now, Why.SANDBOX_LOST);
        if (!left.isEmpty()) {
            return new PodAction.StopContainers(left, now.now());
        }
        int attempt = now.sandbox().map(last -> last.attempt() + 1).orElse(0);
        return unlessHeld(now, PodSnapshot.POD, new PodAction.RunSandbox(attempt));
    }

    private static PodAction containers(PodSnapshot now, SandboxView sandbox) {
        boolean initialized = now.pod().getSpec().getContainersList().stream()
                .anyMatch(item -> now.latest(item.getName()).filter(view -> in(view, sandbox)).isPresent());
        PodAction wait = WAIT;
        for (Container container : now.pod().getSpec().getInitContainersList()) {
            if (initialized && !PodSpecs.sidecar(container)) {
                continue;
            }
            PodAction action = sustain(now, sandbox, container);
            if (!(action instanceof Nothing)) {
                return action;
            }
            wait = until(wait, ((Nothing) action).wakeAt());
            if (!initialized && !passed(now, sandbox, container)) {
                return wait;
            }
        }
        for (Container container : now.pod().getSpec().getContainersList()) {
            PodAction action = sustain(now, sandbox, container);
            if (!(action instanceof Nothing)) {
                return action;
            }
            wait = until(wait, ((Nothing) action).wakeAt());
        }
        return leftover(now).orElse(wait);
    }

    /** Whether the containers behind this init container may start. */
    private static boolean passed(PodSnapshot now, SandboxView sandbox, Container container) {
        return now.latest(container.getName()).filter(view -> in(view, sandbox))
                .filter(view -> PodSpecs.sidecar(container)
                        ? view.running() && now.healthOf(view).started()
                        : view.exited() && view.exitCode() == 0)
                .isPresent();
    }

    private static PodAction sustain(PodSnapshot now, SandboxView sandbox, Container container) {
        Optional<ContainerView> latest = now.latest(container.getName());
        if (latest.isEmpty()) {
            return start(now, container, 0);
        }
        ContainerView view = latest.get();
        if (!in(view, sandbox)) {
            return start(now, container, view.attempt() + 1);
        }
        return switch (view.state()) {
            case RUNNING -> check(now, view);
            // Made but not started: the agent ended in between. What it was made with may be out of date.
            case CREATED -> new PodAction.RemoveContainer(view.id());
            case UNKNOWN -> new PodAction.StopContainers(
                    List.of(new Kill(view.name(), view.id(), Why.SANDBOX_LOST)), now.now());
            case EXITED -> restart(now, container, view);
        };
    }

    private static PodAction check(PodSnapshot now, ContainerView view) {
        if (now.hooks().contains(view.id())) {
            return new PodAction.PostStart(view.name(), view.id());
        }
        if (!now.healthOf(view).live()) {
            return new PodAction.StopContainers(List.of(new Kill(view.name(), view.id(), Why.UNHEALTHY)),
                    now.now().plus(ProbeGrace.of(now.pod(), view.name())));
        }
        return WAIT;
    }

    private static PodAction restart(PodSnapshot now, Container container, ContainerView view) {
        if (!PodSpecs.restarts(now.pod(), container, view.exitCode())) {
            return WAIT;
        }
        Instant notBefore = now.backoff(container.getName()).notBefore(view.finishedAt());
        return notBefore.isAfter(now.now()) ? new Nothing(notBefore) : start(now, container, view.attempt() + 1);
    }

    private static PodAction start(PodSnapshot now, Container container, int attempt) {
        PodAction action = now.images().contains(container.getName())
                ? new PodAction.StartContainer(container.getName(), attempt)
                : new PodAction.PullImage(container.getName());
        return unlessHeld(now, container.getName(), action);
    }

    /** Containers before the previous one, and sandboxes that hold none, serve nobody any more. */
    private static Optional<PodAction> leftover(PodSnapshot now) {
        Optional<PodAction> container = PodSpecs.all(now.pod())
                .flatMap(item -> now.instances(item.getName()).stream().skip(INSTANCES_KEPT)).findFirst()
                .map(view -> new PodAction.RemoveContainer(view.id()));
        return container.or(() -> now.sandboxes().stream().skip(1)
                .filter(sandbox -> now.containers().stream().noneMatch(view -> in(view, sandbox))).findFirst()
                .map(sandbox -> new PodAction.RemoveSandbox(sandbox.id())));
    }

    private static Step terminate(PodSnapshot now, String failure) {
        Duration grace = now.present() ? PodSpecs.grace(now.pod()) : FORCED_GRACE;
        return next(now.in(new PodState.Terminating(now.now(), now.now().plus(grace), !serving(now), failure)));
    }

    /** Whether traffic may be on its way to the pod. */
    private static boolean serving(PodSnapshot now) {
        return now.present() && now.pod().getStatus().getConditionsList().stream()
                .anyMatch(item -> item.getType().equals("Ready") && item.getStatus().equals("True"));
    }

    private static Step terminating(PodSnapshot now, PodState.Terminating before) {
        PodState.Terminating state = shortened(now, before);
        if (!state.withdrawn()) {
            return new Step(state, new PodAction.AwaitWithdrawal());
        }
        List<Kill> kills = nextToStop(now);
        if (!kills.isEmpty()) {
            return new Step(state, unlessHeld(now, PodSnapshot.POD,
                    new PodAction.StopContainers(kills, state.deadline())));
        }
        if (now.sandbox().filter(SandboxView::ready).isPresent()) {
            return new Step(state, unlessHeld(now, PodSnapshot.POD,
                    new PodAction.StopSandbox(now.sandbox().get().id())));
        }
        return next(now.in(leaving(now) ? new PodState.Cleaning(false) : new PodState.Finished(state.failure())));
    }

    /** A second delete may leave less time than the first. */
    private static PodState.Terminating shortened(PodSnapshot now, PodState.Terminating state) {
        Instant limit = state.since().plus(now.present() ? PodSpecs.grace(now.pod()) : FORCED_GRACE);
        return limit.isBefore(state.deadline()) && !state.withdrawn()
                || !now.present() && limit.isBefore(state.deadline())
                        ? new PodState.Terminating(state.since(), limit, state.withdrawn(), state.failure())
                        : state;
    }

    /** All main and init containers at once; then the sidecars, the last started first. */
    private static List<Kill> nextToStop(PodSnapshot now) {
        List<Kill> running = running(now, Why.TERMINATION);
        List<String> sidecars = now.pod().getSpec().getInitContainersList().stream().filter(PodSpecs::sidecar)
                .map(Container::getName).toList();
        List<Kill> main = running.stream().filter(kill -> !sidecars.contains(kill.container())).toList();
        if (!main.isEmpty()) {
            return main;
        }
        return sidecars.reversed().stream()
                .flatMap(name -> running.stream().filter(kill -> kill.container().equals(name))).limit(1).toList();
    }

    private static List<Kill> running(PodSnapshot now, Why why) {
        List<Kill> kills = new ArrayList<>();
        for (ContainerView view : now.containers()) {
            if (view.running() || view.state() == ContainerView.State.UNKNOWN) {
                kills.add(new Kill(view.name(), view.id(), why));
            }
        }
        return kills;
    }

    private static Step finished(PodSnapshot now) {
        List<Kill> kills = nextToStop(now);
        if (!kills.isEmpty()) {
            return new Step(now.state(), unlessHeld(now, PodSnapshot.POD,
                    new PodAction.StopContainers(kills, now.now().plus(PodSpecs.grace(now.pod())))));
        }
        if (now.sandbox().filter(SandboxView::ready).isPresent()) {
            return new Step(now.state(), unlessHeld(now, PodSnapshot.POD,
                    new PodAction.StopSandbox(now.sandbox().get().id())));
        }
        return leaving(now) ? next(now.in(new PodState.Cleaning(false))) : new Step(now.state(), WAIT);
    }

    private static PodAction cleaning(PodSnapshot now, PodState.Cleaning state) {
        return unlessHeld(now, PodSnapshot.POD,
                state.removed() ? new PodAction.ConfirmDeleted() : new PodAction.CleanUp());
    }

    private static PodAction unlessHeld(PodSnapshot now, String name, PodAction action) {
        return now.held(name).<PodAction>map(hold -> new Nothing(hold.until())).orElse(action);
    }

    private static PodAction until(PodAction action, Instant limit) {
        return action instanceof Nothing(Instant wakeAt) && limit.isBefore(wakeAt) ? new Nothing(limit) : action;
    }

    private static boolean in(ContainerView view, SandboxView sandbox) {
        return view.sandboxId().equals(sandbox.id());
    }
}
