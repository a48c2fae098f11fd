package dev.longshore.apiserver.store;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps a store's history short: each time, it lets the store forget what is older than the revision seen the time
 * before. Several servers may do so over one store: who is behind the others changes nothing, and the history kept is
 * never shorter than one period. A list that goes on for longer than that is told EXPIRED.
 */
public final class Compactor implements Component {
    /** How often, and so how much history stays at least (Kubernetes API server: 5 minutes). */
    static final Duration PERIOD = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Compactor.class.getName());

    private final Store store;
    private final Environment environment;
    private Optional<Timers.Timer> timer = Optional.empty();
    private OptionalLong seen = OptionalLong.empty();
    private boolean stopped;

    public Compactor(Store store, Environment environment) {
        this.store = store;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "compactor";
    }

    @Override
    public void start() {
        look();
    }

    private void look() {
        store.revision().whenComplete((revision, failure) -> {
            if (failure == null) {
                seen(revision).ifPresent(this::compact);
            } else {
                LOG.log(System.Logger.Level.WARNING, "history is not compacted now: " + failure.getMessage());
            }
            schedule();
        });
    }

    /** What to forget: everything before the revision of the last look. */
    private synchronized OptionalLong seen(long revision) {
        OptionalLong before = seen;
        seen = OptionalLong.of(revision);
        return before;
    }

    private void compact(long revision) {
        store.compact(revision).whenComplete((_, failure) -> {
            if (failure == null) {
                LOG.log(System.Logger.Level.DEBUG, "history is compacted revision=" + revision);
            } else {
                LOG.log(System.Logger.Level.WARNING,
                        "history is not compacted revision=" + revision + ": " + failure.getMessage());
            }
        });
    }

    private synchronized void schedule() {
        if (!stopped) {
            timer = Optional.of(environment.timers().after(PERIOD, this::look));
        }
    }

    @Override
    public synchronized void beginStop() {
        stopped = true;
        timer.ifPresent(Timers.Timer::cancel);
    }

    @Override
    public boolean awaitStopped(Duration limit) {
        return true;
    }
}
