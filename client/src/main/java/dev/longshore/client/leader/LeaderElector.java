package dev.longshore.client.leader;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.client.ApiClient;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.leader.LeaderDecision.Action;
import dev.longshore.client.leader.LeaderDecision.Observation;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Takes part in an election and tells its {@link Leadership} when it won and when it lost. Steps run one after the
 * other on task threads. A leader that cannot renew stops leading before another one may start; that deadline is kept
 * by a timer of its own, so a call that hangs cannot prolong it.
 */
public final class LeaderElector implements Component {
    private static final System.Logger LOG = System.getLogger(LeaderElector.class.getName());

    private final LeaderConfig config;
    private final ApiClient client;
    private final Environment environment;
    private final Leadership leadership;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Optional<Observation> seen = Optional.empty();
    private boolean leading;
    private long renewedNanos;
    private boolean started;
    private boolean stopping;

    public LeaderElector(LeaderConfig config, ApiClient client, Environment environment, Leadership leadership) {
        this.config = config;
        this.client = client;
        this.environment = environment;
        this.leadership = leadership;
    }

    @Override
    public String name() {
        return "leader-elector";
    }

    @Override
    public synchronized void start() {
        started = true;
        runStep();
    }

    @Override
    public synchronized void beginStop() {
        stopping = true;
        if (!started) {
            ended.countDown();
        }
        runRelease();
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public synchronized boolean isLeader() {
        return leading;
    }

    private void runStep() {
        execute(() -> {
            if (!isStopping()) {
                step();
                environment.timers().after(config.retryPeriod(), this::runStep);
            }
        });
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void runRelease() {
        execute(() -> {
            try {
                release();
            } finally {
                ended.countDown();
            }
        });
    }

    private void execute(Runnable work) {
        try {
            environment.tasks().execute(work);
        } catch (RejectedExecutionException _) {
            ended.countDown();
        }
    }

    private void step() {
        long startNanos = environment.clock().nanos();
        try {
            Optional<Lease> current = read();
            Action action = observeAndDecide(current);
            switch (action) {
                case Action.Create(Lease lease) -> written(client.create(ResourceTypes.LEASES, lease), startNanos);
                case Action.Write(Lease lease) -> written(client.update(ResourceTypes.LEASES, lease), startNanos);
                case Action.Wait(String holder) -> lost("holder=" + holder);
            }
        } catch (ApiException e) {
            LOG.log(Level.DEBUG, () -> "lease=" + config.lease() + " attempt failed reason=" + e.reason().text());
            checkDeadline();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "lease=" + config.lease() + " attempt failed", e);
            checkDeadline();
        }
    }

    private Optional<Lease> read() {
        try {
            return Optional.of(client.get(ResourceTypes.LEASES, config.lease()));
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private synchronized Action observeAndDecide(Optional<Lease> current) {
        long nowNanos = environment.clock().nanos();
        Optional<Observation> before = seen;
        seen = current.map(lease -> Observation.of(before, lease, nowNanos));
        return LeaderDecision.decide(config, seen, environment.clock().now(), nowNanos);
    }

    /** A lease that was written while the stop began is given back. */
    private void written(Lease stored, long askedNanos) {
        if (!won(stored, askedNanos)) {
            client.update(ResourceTypes.LEASES, LeaderDecision.released(stored, environment.clock().now()));
        }
    }

    /** The renewal counts from when it was asked, which is the earliest moment others may count from. */
    private synchronized boolean won(Lease stored, long askedNanos) {
        seen = Optional.of(new Observation(stored, environment.clock().nanos()));
        if (stopping) {
            return false;
        }
        renewedNanos = askedNanos;
        environment.timers().after(config.renewDeadline(), this::checkDeadline);
        if (!leading) {
            leading = true;
            LOG.log(Level.INFO, "lease=" + config.lease() + " leader=" + config.identity());
            leadership.started(
                    new LeaderTerm(config.lease(), config.identity(), stored.getSpec().getLeaseTransitions()));
        }
        return true;
    }

    private synchronized void checkDeadline() {
        if (environment.clock().nanos() - renewedNanos >= config.renewDeadline().toNanos()) {
            lost("not renewed within " + config.renewDeadline().toSeconds() + " s");
        }
    }

    private synchronized void lost(String why) {
        if (leading) {
            leading = false;
            LOG.log(Level.WARNING, "lease=" + config.lease() + " leadership lost " + why);
            leadership.stopped();
        }
    }

    private void release() {
        Optional<Lease> held;
        synchronized (this) {
            held = leading ? seen.map(Observation::lease) : Optional.empty();
            lost("stopping");
        }
        try {
            held.ifPresent(lease -> client.update(ResourceTypes.LEASES,
                    LeaderDecision.released(lease, environment.clock().now())));
        } catch (ApiException e) {
            LOG.log(Level.DEBUG, () -> "lease=" + config.lease() + " not released reason=" + e.reason().text());
        }
    }
}
