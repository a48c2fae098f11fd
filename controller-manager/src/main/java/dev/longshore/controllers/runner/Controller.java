package dev.longshore.controllers.runner;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.client.ApiClient;
import dev.longshore.client.queue.QueueLimits;
import dev.longshore.client.queue.Turn;
import dev.longshore.client.queue.WorkQueue;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one reconciler: changes in the caches make keys due, keys are reconciled on tasks, and a key that has written is
 * held back until the caches show it.
 *
 * <p>Wired before the informers start (the constructor adds listeners), it begins by itself once the caches it reads
 * are filled.
 */
public final class Controller<K> {
    private static final System.Logger LOG = System.getLogger(Controller.class.getName());

    private final ControllerSpec<K> spec;
    private final ApiClient client;
    private final Informers informers;
    private final WorkQueue<K> queue;
    private final SeenGate<K> gate;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean stopped;

    public Controller(ControllerSpec<K> spec, ApiClient client, Informers informers, Environment environment,
            MeterRegistry registry) {
        this.spec = spec;
        this.client = client;
        this.informers = informers;
        this.gate = new SeenGate<>(informers, environment.clock());
        this.queue = new WorkQueue<>(spec.name(), QueueLimits.workers(spec.workers()), environment, registry,
                this::turn);
        spec.sources().forEach(source -> source.wire(informers, queue::add));
        spec.reads().forEach(informers::of);
        spec.initial().forEach(queue::add);
    }

    public String name() {
        return spec.name();
    }

    /** Tells the controller that the caches may have become newer. */
    public void progress() {
        if (stopped) {
            return;
        }
        gate.opened().forEach(queue::add);
        if (!begun.get() && informers.synced(spec.types()) && begun.compareAndSet(false, true)) {
            queue.start();
        }
    }

    /** Begins no further reconcile; those under way go on. */
    public void stop() {
        stopped = true;
        queue.stop();
    }

    /** Whether no reconcile is under way. */
    public boolean idle() {
        return queue.idle();
    }

    private Turn turn(K key) {
        if (stopped) {
            return new Turn.Done();
        }
        TrackingClient tracking = new TrackingClient(client);
        try {
            if (!gate.pass(key, client)) {
                return new Turn.After(SeenGate.SEEN_LIMIT);
            }
            return switch (spec.reconciler().reconcile(key, tracking)) {
                case Outcome.Done() -> new Turn.Done();
                case Outcome.After(Duration delay) -> new Turn.After(delay);
            };
        } catch (ApiException e) {
            // Conflicts are how an old cache shows; they are no news.
            System.Logger.Level level = e.is(Reason.CONFLICT)
                    ? System.Logger.Level.DEBUG
                    : System.Logger.Level.WARNING;
            LOG.log(level, () -> "controller=" + spec.name() + " key=" + key + " reason=" + e.reason().text() + " "
                    + e.getMessage());
            return new Turn.Failed();
        } finally {
            gate.wrote(key, tracking.writes());
        }
    }
}
