package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One pod on this node. All methods run on the loop of {@link PodWorkers}; at most one operation is under way, and its
 * result comes back to the loop together with what the runtime then has of the pod.
 */
final class PodWorker implements StatusPublisher.Subject {
    private static final System.Logger LOG = System.getLogger(PodWorker.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** What a worker shares with the others. */
    record Shared(PodOperations operations, PodOperations.Tools tools, WithdrawalGate gate, EventLoop loop,
            Runnable onGone, Consumer<PodWorker> onObserved, Consumer<Duration> onStarted) {}

    private final Shared shared;
    private Pod pod;
    private boolean present;
    private PodState state;
    private RuntimeView view = RuntimeView.NOTHING;
    private final PodProbes probes;
    private final StatusPublisher status;
    private final StartTimer startTimer;
    private final Holds holds = new Holds();
    private final Map<String, RestartBackoff> backoffs = new HashMap<>();
    private final Set<String> images = new HashSet<>();
    private final Set<String> hooks = new HashSet<>();
    private Optional<PodAction> current = Optional.empty();
    private boolean busy;
    private long turn;
    private boolean observed;
    private boolean dirty;
    private boolean refreshDue;
    private Optional<Timers.Timer> timer = Optional.empty();

    /** @param present false for what the runtime still has of a pod that the API does not know */
    PodWorker(Shared shared, Pod pod, boolean present) {
        this.shared = shared;
        this.pod = pod;
        this.present = present;
        this.state = new PodState.New();
        this.probes = new PodProbes(shared.tools(), shared.loop(), this::snapshot, pod.getStatus(), this::advance);
        this.status = new StatusPublisher(shared.tools(), shared.loop(), this);
        this.startTimer = new StartTimer(pod, present, shared.tools().environment().clock().nanos());
    }

    Pod pod() {
        return pod;
    }

    RuntimeView view() {
        return view;
    }

    boolean gone() {
        return state instanceof PodState.Gone;
    }

    /** The object changed. */
    void update(Pod newer) {
        boolean wasLeaving = PodPlan.leaving(snapshot());
        pod = newer;
        nudge(wasLeaving);
    }

    /** The object is gone. */
    void removed() {
        boolean wasLeaving = PodPlan.leaving(snapshot());
        present = false;
        nudge(wasLeaving);
    }

    /** The runtime has something new of this pod. */
    void runtimeChanged() {
        dirty = true;
        advance();
    }

    /** Contents of volumes may have changed. */
    void refresh() {
        refreshDue = true;
        advance();
    }

    private void nudge(boolean wasLeaving) {
        boolean shorter = current.orElse(null) instanceof PodAction.StopContainers
                && state instanceof PodState.Terminating;
        if (busy && PodPlan.leaving(snapshot()) && (!wasLeaving && abandonable() || shorter && !present)) {
            // What is under way changes nothing that the end of the pod would not undo: do not wait for it.
            turn++;
            busy = false;
        }
        advance();
    }

    private boolean abandonable() {
        return current.map(action -> action instanceof PodAction.PullImage || action instanceof PodAction.PostStart)
                .orElse(false);
    }

    /** Does what is due next; nothing while an operation is under way. */
    @Override
    public void advance() {
        if (busy || gone()) {
            return;
        }
        if (!observed || dirty) {
            dirty = false;
            submit(Optional.empty(), () -> new PodOperations.Outcome.Done(""));
            return;
        }
        if (refreshDue && state instanceof PodState.Active) {
            refreshDue = false;
            PodSnapshot now = snapshot();
            submit(Optional.empty(), () -> refreshVolumes(now));
            return;
        }
        PodPlan.Step step = PodPlan.next(snapshot());
        state = step.state();
        status.publish();
        perform(step.action());
    }

    private PodOperations.Outcome refreshVolumes(PodSnapshot now) {
        try {
            shared.operations().refresh(now);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "pod=" + name() + " volumes not refreshed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new PodOperations.Outcome.Done("");
    }

    private void perform(PodAction action) {
        switch (action) {
            case PodAction.Nothing(Instant wakeAt) -> wake(wakeAt);
            case PodAction.AwaitWithdrawal _ -> {
                busy = true;
                current = Optional.of(action);
                long mine = ++turn;
                shared.gate().await(pod, () -> shared.loop().post(
                        () -> done(mine, Optional.of(action), new PodOperations.Outcome.Done(""), Optional.empty())));
            }
            case PodAction.MountVolumes _,PodAction.RunSandbox _,PodAction.StopSandbox _,PodAction.RemoveSandbox _,PodAction.PullImage _,PodAction.StartContainer _,PodAction.PostStart _,PodAction.StopContainers _,PodAction.RemoveContainer _,PodAction.CleanUp _,PodAction.ConfirmDeleted _ -> {
                PodSnapshot now = snapshot();
                submit(Optional.of(action), () -> shared.operations().run(now, action));
            }
        }
    }

    private void wake(Instant at) {
        timer.ifPresent(Timers.Timer::cancel);
        timer = Optional.empty();
        if (!at.equals(Instant.MAX)) {
            Duration delay = Duration.between(shared.tools().environment().clock().now(), at).plusMillis(1);
            timer = Optional.of(shared.loop().postAfter(delay.isNegative() ? Duration.ZERO : delay, this::advance));
        }
    }

    private interface Operation {
        PodOperations.Outcome run();
    }

    /** Runs an operation and then looks at what the runtime has, on a task thread. */
    private void submit(Optional<PodAction> action, Operation operation) {
        busy = true;
        current = action;
        long mine = ++turn;
        PodSnapshot now = snapshot();
        RuntimeView before = view;
        shared.tools().environment().tasks().execute(() -> {
            PodOperations.Outcome outcome = guarded(operation);
            Optional<RuntimeView> after = look(now, before);
            shared.loop().post(() -> done(mine, action, outcome, after));
        });
    }

    private PodOperations.Outcome guarded(Operation operation) {
        try {
            return operation.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "pod=" + name() + " step failed", e);
            return new PodOperations.Outcome.Failed(PodSnapshot.POD, "InternalError", String.valueOf(e.getMessage()),
                    Instant.EPOCH);
        }
    }

    private Optional<RuntimeView> look(PodSnapshot now, RuntimeView before) {
        try {
            return Optional.of(shared.operations().view(now, before));
        } catch (RuntimeFailure e) {
            LOG.log(System.Logger.Level.WARNING, "pod=" + name() + " runtime does not answer: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void done(long mine, Optional<PodAction> action, PodOperations.Outcome outcome,
            Optional<RuntimeView> after) {
        if (mine != turn) {
            return;
        }
        PodSnapshot now = snapshot();
        busy = false;
        current = Optional.empty();
        after.ifPresent(this::observe);
        action.ifPresent(it -> settle(now, it, outcome));
        if (!observed) {
            // Without any view nothing can be decided: ask again.
            shared.loop().postAfter(FIRST_RETRY, this::advance);
            return;
        }
        advance();
        if (gone()) {
            close();
            shared.onGone().run();
        }
    }

    private void settle(PodSnapshot now, PodAction action, PodOperations.Outcome outcome) {
        switch (outcome) {
            case PodOperations.Outcome.Done(String id) -> {
                succeeded(now, action, id);
                state = PodPlan.after(snapshot(), action);
            }
            case PodOperations.Outcome.Failed failed -> failed(action, failed);
        }
    }

    private void succeeded(PodSnapshot now, PodAction action, String id) {
        switch (action) {
            case PodAction.PullImage(String name) -> {
                images.add(name);
                holds.release(name);
            }
            case PodAction.StartContainer(String name, int _) -> {
                images.remove(name);
                holds.release(name);
                now.latest(name).filter(ContainerView::exited)
                        .ifPresent(last -> backoffs.put(name, now.backoff(name).restarted(last.finishedAt())));
                PodSpecs.container(pod, name).filter(item -> item.getLifecycle().hasPostStart())
                        .ifPresent(_ -> hooks.add(id));
                probes.follow();
            }
            case PodAction.PostStart(String _, String container) -> {
                hooks.remove(container);
                probes.follow();
            }
            case PodAction.Nothing _,PodAction.MountVolumes _,PodAction.RunSandbox _,PodAction.StopSandbox _,PodAction.RemoveSandbox _,PodAction.StopContainers _,PodAction.RemoveContainer _,PodAction.AwaitWithdrawal _,PodAction.CleanUp _,PodAction.ConfirmDeleted _ ->
                holds.release(PodSnapshot.POD);
        }
    }

    private void failed(PodAction action, PodOperations.Outcome.Failed failed) {
        LOG.log(System.Logger.Level.INFO, "pod=" + name() + " step=" + action.getClass().getSimpleName() + " failed="
                + failed.reason() + ": " + failed.message());
        if (action instanceof PodAction.PostStart(String _, String id)) {
            hooks.remove(id);
            probes.condemn(id);
            return;
        }
        if (action instanceof PodAction.StartContainer(String name, int _)) {
            images.remove(name);
        }
        holds.failed(failed, shared.tools().environment().clock().now());
    }

    private void observe(RuntimeView newer) {
        view = newer;
        observed = true;
        probes.follow();
        startTimer.look(snapshot(), shared.tools().environment().clock().nanos()).ifPresent(shared.onStarted());
        shared.onObserved().accept(this);
    }

    @Override
    public PodSnapshot snapshot() {
        return new PodSnapshot(pod, present, state, view.sandboxes(), view.containers(), probes.health(),
                holds.current(), backoffs, images, hooks, shared.tools().environment().clock().now());
    }

    @Override
    public boolean reports() {
        // What an earlier agent reported stands until this one has seen more.
        boolean inheriting = state instanceof PodState.New && view.containers().isEmpty()
                && pod.getStatus().getContainerStatusesCount() > 0;
        return present && !inheriting && !(state instanceof PodState.Gone) && !(state instanceof PodState.Cleaning);
    }

    @Override
    public void stored(Pod newer) {
        if (version(newer) > version(pod)) {
            pod = newer;
        }
    }

    static long version(Pod pod) {
        String text = pod.getMetadata().getResourceVersion();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private void close() {
        timer.ifPresent(Timers.Timer::cancel);
        probes.stop();
    }

    /** Stops probing and waiting; the containers go on. */
    void abandon() {
        turn++;
        busy = true;
        close();
    }

    private String name() {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
