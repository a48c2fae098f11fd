package dev.longshore.agent.proxy;

import com.google.protobuf.Message;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.informer.ChangeListener;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.loop.LoopClosedException;
import dev.longshore.common.loop.LoopFullException;
import dev.longshore.common.time.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Follows Services and EndpointSlices and keeps the node's rules current. State is touched on {@code loop} alone; the
 * work on the kernel's table runs as one task at a time, and what changed meanwhile goes into the next one.
 */
public final class ServiceProxy implements Component {
    private static final System.Logger LOG = System.getLogger(ServiceProxy.class.getName());
    /** A rollout changes many slices at once; this much is gathered into one transaction. */
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofSeconds(10);
    /** Reading a large table back takes a while; checks may take one part in so many of the time. */
    private static final int CHECK_SHARE = 50;

    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final RuleCompiler compiler;
    private final NftApplier applier;
    private final EventLoop loop;
    private final Environment environment;
    private final AppliedListener listener;
    private final AtomicBoolean announced = new AtomicBoolean();
    private final Semaphore kernel = new Semaphore(1);
    private boolean dirty;
    private boolean working;
    private volatile boolean stopping;
    private volatile long appliedGeneration;
    private long nextGeneration;

    /** Hears of every change that the kernel now follows. */
    public interface AppliedListener {
        /**
         * The rules now reflect these slices and all Services seen before them. Called on a task thread; must not
         * block.
         *
         * @param generation counts up by one
         */
        void onApplied(long generation, List<EndpointSlice> reflected);
    }

    /** @param informers shared with other parts of the agent; whoever made them starts and stops them */
    public ServiceProxy(Sources informers, RuleCompiler compiler, NftApplier applier, EventLoop loop,
            Environment environment, AppliedListener listener) {
        this.services = informers.services();
        this.slices = informers.slices();
        this.compiler = compiler;
        this.applier = applier;
        this.loop = loop;
        this.environment = environment;
        this.listener = listener;
        services.onChange(new Announcer<>());
        slices.onChange(new Announcer<>());
    }

    /** What the proxy follows. Create the proxy before the informers are started. */
    public record Sources(Informer<Service> services, Informer<EndpointSlice> slices) {}

    @Override
    public String name() {
        return "service-proxy";
    }

    @Override
    public void start() {
        announce();
        checkAfter(CHECK);
    }

    @Override
    public void beginStop() {
        stopping = true;
    }

    /** The rules stay: pods keep talking while the agent restarts. {@link #cleanup} takes them away. */
    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        boolean idle = kernel.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (idle) {
            kernel.release();
        }
        return idle;
    }

    /** How many times the kernel took a change; 0 before the first. */
    public long appliedGeneration() {
        return appliedGeneration;
    }

    /** Removes everything of ours from the kernel. Call when stopped. */
    public void cleanup() throws IOException, InterruptedException {
        applier.remove();
    }

    private void announce() {
        if (announced.compareAndSet(false, true)) {
            environment.timers().after(GATHER, () -> post(() -> {
                announced.set(false);
                dirty = true;
                work();
            }));
        }
    }

    private void post(Runnable action) {
        try {
            loop.post(action);
        } catch (LoopFullException e) {
            environment.timers().after(RETRY, () -> post(action));
        } catch (LoopClosedException e) {
            LOG.log(System.Logger.Level.DEBUG, "component=service-proxy event after the end");
        }
    }

    private void work() {
        if (working || !dirty || stopping || !services.synced() || !slices.synced()) {
            return;
        }
        dirty = false;
        working = true;
        environment.tasks().execute(() -> finished(onKernel(this::apply)));
    }

    private void apply() throws IOException, InterruptedException {
        List<EndpointSlice> reflected = slices.list();
        applier.apply(compiler.compile(services.list(), reflected));
        appliedGeneration = ++nextGeneration;
        listener.onApplied(appliedGeneration, reflected);
    }

    /** Runs work on the kernel's table unless the proxy ends; whether it went well. */
    private boolean onKernel(KernelWork work) {
        try {
            kernel.acquire();
            try {
                if (!stopping) {
                    work.run();
                }
                return true;
            } finally {
                kernel.release();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "component=service-proxy rules not applied: " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private interface KernelWork {
        void run() throws IOException, InterruptedException;
    }

    private void checkAfter(Duration wait) {
        environment.timers().after(wait, () -> post(this::check));
    }

    private void check() {
        if (stopping) {
            return;
        }
        if (working) {
            checkAfter(CHECK);
            return;
        }
        working = true;
        environment.tasks().execute(() -> {
            long start = environment.clock().nanos();
            boolean well = onKernel(applier::repair);
            Duration pause = Duration.ofNanos(environment.clock().nanos() - start).multipliedBy(CHECK_SHARE);
            checkAfter(pause.compareTo(CHECK) > 0 ? pause : CHECK);
            finished(well);
        });
    }

    private void finished(boolean well) {
        post(() -> {
            working = false;
            if (well) {
                work();
            } else {
                environment.timers().after(RETRY, this::announce);
            }
        });
    }

    private final class Announcer<T extends Message> implements ChangeListener<T> {
        @Override
        public void onChange(Optional<T> before, Optional<T> after) {
            announce();
        }

        @Override
        public void onSynced() {
            announce();
        }
    }
}
