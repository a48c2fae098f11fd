package dev.longshore.scheduler;

import dev.longshore.client.ApiClient;
import dev.longshore.client.LeaderTerm;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.loop.LoopClosedException;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Randomness;
import dev.longshore.common.time.Timers;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.recording.Arrival;
import dev.longshore.scheduler.recording.Recorder;
import dev.longshore.scheduler.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The owner thread's work: events from the inbox into the machine, intents out of it to those who carry them out. Takes
 * turns: some events, then some pods, so neither starves the other.
 */
final class SchedulerLoop {
    private static final int EVENTS_PER_TURN = 1_024;
    private static final int ATTEMPTS_PER_TURN = 128;

    private final EventLoop loop;
    private final Environment environment;
    private final FaultHandler faults;
    private final SchedulerMetrics metrics;
    private final long seed;
    private final SchedulingMachine machine;
    private final Binder binder;
    private final ConditionWriter conditions;
    private final Evictor evictor;
    private final VolumeBinder volumes;
    private final Inbox inbox = new Inbox();
    private final AtomicBoolean turnPosted = new AtomicBoolean();
    private volatile LeaderTerm term = LeaderTerm.ALWAYS;
    private volatile boolean stopped;
    private Recorder recorder = Recorder.NONE;
    private Optional<Instant> wakeAt = Optional.empty();
    private Timers.Timer wake = () -> {
    };

    SchedulerLoop(SchedulerConfig config, ApiClient client, EventLoop loop, Environment environment,
            SchedulerMetrics metrics, FaultHandler faults) {
        this.loop = loop;
        this.environment = environment;
        this.faults = faults;
        this.metrics = metrics;
        this.seed = seed(environment.randomness());
        this.machine = new SchedulingMachine(config.profiles(), config.backOff(), new ClusterState(),
                new TieBreaker(seed), false);
        ProfileEvents events = new ProfileEvents(config.profiles().names(), client, environment);
        this.binder = new Binder(client, environment, events, new BindResults());
        this.conditions = new ConditionWriter(client, environment, events, this::conditionWritten);
        this.volumes = new VolumeBinder(client, environment, this::offer);
        this.evictor = new Evictor(client, environment, events, this::offer);
    }

    private static long seed(Randomness randomness) {
        return (long) randomness.below(Integer.MAX_VALUE) << 31 | randomness.below(Integer.MAX_VALUE);
    }

    /** To be called before any event. */
    void recordTo(Recorder listening) {
        recorder = listening;
        recorder.begun(seed);
    }

    /** Hands an event without an object to the owner thread. Never blocks; any thread. */
    void offer(SchedulerEvent event) {
        offer(Arrival.of(event));
    }

    /** Hands an event to the owner thread. Never blocks; any thread. */
    void offer(Arrival arrival) {
        if (stopped) {
            return;
        }
        if (!inbox.add(arrival)) {
            faults.fault("scheduler", new IllegalStateException("inbox is full, limit=" + Inbox.LIMIT));
            return;
        }
        postTurn();
    }

    void stop() {
        stopped = true;
    }

    /** In whose term it decides from now on; to be called before it is told that it leads. Any thread. */
    void lead(LeaderTerm newTerm) {
        term = newTerm;
    }

    private final class BindResults implements Binder.Results {
        @Override
        public void accept(SchedulerEvent event) {
            offer(event);
        }

        @Override
        public void callEnded() {
            post(binder::callEnded);
        }
    }

    private void conditionWritten(String uid) {
        post(() -> conditions.finished(uid));
    }

    private void postTurn() {
        if (turnPosted.compareAndSet(false, true)) {
            post(this::turn);
        }
    }

    private void post(Runnable action) {
        try {
            if (!stopped) {
                loop.post(action);
            }
        } catch (LoopClosedException _) {
            stopped = true;
        }
    }

    private void turn() {
        turnPosted.set(false);
        if (stopped) {
            return;
        }
        takeEvents();
        settlePods();
        placePods();
        binder.flush();
        metrics.load(machine.load());
        boolean due = machine.due(now());
        if (!inbox.isEmpty() || (due && binder.hasRoom())) {
            postTurn();
        } else {
            armWake();
        }
    }

    private void takeEvents() {
        for (int i = 0; i < EVENTS_PER_TURN; i++) {
            Optional<Arrival> arrival = inbox.take();
            if (arrival.isEmpty()) {
                return;
            }
            SchedulerEvent event = arrival.get().event();
            noteResult(event);
            metrics.happened(event);
            Instant at = now();
            Optional<Intent> decision = machine.handle(event, at);
            recorder.handled(arrival.get(), at, decision);
            decision.ifPresent(intent -> {
                metrics.bindFailed(intent);
                carryOut(intent);
            });
        }
    }

    private void noteResult(SchedulerEvent event) {
        switch (event) {
            case SchedulerEvent.BindSucceeded _,SchedulerEvent.BindFailed _ -> binder.finished();
            case SchedulerEvent.EvictionEnded _ -> evictor.finished();
            case SchedulerEvent.VolumesWritten _,SchedulerEvent.VolumesFailed _ -> volumes.finished();
            case SchedulerEvent.NodeSeen _,SchedulerEvent.NodeGone _,SchedulerEvent.PodSeen _,SchedulerEvent.PodGone _,SchedulerEvent.ObjectSeen _,SchedulerEvent.ObjectGone _,SchedulerEvent.LeadershipChanged _ ->
                {
                }
        }
    }

    private void settlePods() {
        for (int i = 0; i < ATTEMPTS_PER_TURN && binder.hasRoom(); i++) {
            Instant at = now();
            Optional<Intent> intent = machine.settle(at);
            recorder.settled(at, intent);
            if (intent.isEmpty()) {
                return;
            }
            if (intent.get() instanceof Intent.MarkUnschedulable) {
                metrics.bindFailed(intent.get());
            }
            carryOut(intent.get());
        }
    }

    private void placePods() {
        for (int i = 0; i < ATTEMPTS_PER_TURN && binder.hasRoom(); i++) {
            long startNanos = environment.clock().nanos();
            Instant at = now();
            Optional<Intent> intent = machine.step(at);
            recorder.stepped(at, intent);
            if (intent.isEmpty()) {
                return;
            }
            metrics.attempted(intent.get(), startNanos);
            carryOut(intent.get());
        }
    }

    private void carryOut(Intent intent) {
        switch (intent) {
            case Intent.Bind bind -> binder.bind(bind, term);
            case Intent.BindVolumes bind -> volumes.write(bind);
            case Intent.MarkUnschedulable mark -> conditions.write(mark);
            case Intent.Preempt preempt -> {
                conditions.write(preempt.mark());
                evictor.makeRoom(preempt);
            }
        }
    }

    private void armWake() {
        Optional<Instant> next = machine.wakeAt();
        if (!next.equals(wakeAt)) {
            wake.cancel();
            wakeAt = next;
            next.ifPresent(at -> {
                Duration wait = Duration.between(now(), at);
                wake = loop.postAfter(wait.isNegative() ? Duration.ZERO : wait, this::woken);
            });
        }
    }

    private void woken() {
        wakeAt = Optional.empty();
        turn();
    }

    private Instant now() {
        return environment.clock().now();
    }
}
