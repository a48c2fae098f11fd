package dev.longshore.agent.probes;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The probes of one running container. Its state belongs to the owner's loop, on which every method is called; attempts
 * run on task threads, one per probe at a time.
 */
public final class ProbeSet {
    /** The probes a container may have, as their failures are called in events. */
    public enum Kind {
        STARTUP("Startup"), LIVENESS("Liveness"), READINESS("Readiness");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Hears of results on the loop. */
    public interface Listener {
        /** A verdict changed. */
        void onVerdict();

        void onFailure(Kind kind, String message);
    }

    private static final int DEFAULT_PERIOD_SECONDS = 10;

    private final Prober.Target target;
    private final Prober prober;
    private final Environment environment;
    private final EventLoop loop;
    private final Listener listener;
    private final Map<Kind, Probe> probes = new EnumMap<>(Kind.class);
    private final Map<Kind, ProbeState> states = new EnumMap<>(Kind.class);
    private final Map<Kind, Timers.Timer> timers = new EnumMap<>(Kind.class);
    private boolean stopped;

    public ProbeSet(Prober.Target target, Prober prober, Environment environment, EventLoop loop, Listener listener) {
        this.target = target;
        this.prober = prober;
        this.environment = environment;
        this.loop = loop;
        this.listener = listener;
        Container container = target.container();
        if (container.hasStartupProbe()) {
            probes.put(Kind.STARTUP, container.getStartupProbe());
        }
        if (container.hasLivenessProbe()) {
            probes.put(Kind.LIVENESS, container.getLivenessProbe());
        }
        if (container.hasReadinessProbe()) {
            probes.put(Kind.READINESS, container.getReadinessProbe());
        }
    }

    /**
     * Begins to probe.
     *
     * @param startedAt when the container started
     * @param known     whether the container ran before this agent did: what it was is then what it is until a probe
     *                  says otherwise
     * @param ready     what it was
     */
    public void start(Instant startedAt, boolean known, boolean started, boolean ready) {
        states.put(Kind.STARTUP, ProbeState.initially(!probes.containsKey(Kind.STARTUP) || known && started));
        states.put(Kind.LIVENESS, ProbeState.initially(true));
        states.put(Kind.READINESS, ProbeState.initially(!probes.containsKey(Kind.READINESS) || known && ready));
        probes.forEach((kind, probe) -> {
            Duration age = Duration.between(startedAt, environment.clock().now());
            Duration delay = Duration.ofSeconds(probe.getInitialDelaySeconds()).minus(age);
            // After a restart of the agent all containers are probed anew: spread them over their period.
            Duration jitter = known
                    ? period(probe).dividedBy(100).multipliedBy(environment.randomness().below(100))
                    : Duration.ZERO;
            schedule(kind, (delay.isNegative() ? Duration.ZERO : delay).plus(jitter));
        });
    }

    public void stop() {
        stopped = true;
        timers.values().forEach(Timers.Timer::cancel);
    }

    public boolean started() {
        return states.get(Kind.STARTUP).passing();
    }

    public boolean ready() {
        return started() && states.get(Kind.READINESS).passing();
    }

    public boolean live() {
        return !states.get(Kind.STARTUP).failed() && !states.get(Kind.LIVENESS).failed();
    }

    private void schedule(Kind kind, Duration delay) {
        timers.put(kind, loop.postAfter(delay, () -> attempt(kind)));
    }

    private void attempt(Kind kind) {
        if (stopped || kind == Kind.STARTUP && started()) {
            return;
        }
        Probe probe = probes.get(kind);
        if (kind != Kind.STARTUP && !started()) {
            schedule(kind, period(probe));
            return;
        }
        Duration limit = Duration.ofSeconds(Math.max(1, probe.getTimeoutSeconds()));
        environment.tasks().execute(() -> {
            ProbeOutcome outcome = prober.probe(target, probe.getHandler(), limit);
            loop.post(() -> observe(kind, outcome));
        });
    }

    private void observe(Kind kind, ProbeOutcome outcome) {
        if (stopped) {
            return;
        }
        ProbeState before = states.get(kind);
        ProbeState after = before.observe(outcome.success(), probes.get(kind));
        states.put(kind, after);
        schedule(kind, period(probes.get(kind)));
        if (!outcome.success()) {
            listener.onFailure(kind, outcome.message());
        }
        if (before.passing() != after.passing() || before.failed() != after.failed()) {
            listener.onVerdict();
            if (kind == Kind.STARTUP && after.passing()) {
                probes.keySet().stream().filter(other -> other != Kind.STARTUP).forEach(this::soon);
            }
        }
    }

    private void soon(Kind kind) {
        timers.get(kind).cancel();
        schedule(kind, Duration.ZERO);
    }

    private static Duration period(Probe probe) {
        return Duration.ofSeconds(probe.getPeriodSeconds() > 0 ? probe.getPeriodSeconds() : DEFAULT_PERIOD_SECONDS);
    }
}
