package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices what changes in the runtime: at once by its events, and by comparing lists from time to time in case an event
 * was lost. Thread-safe; one look at a time.
 */
public final class RuntimeWatcher {
    private static final System.Logger LOG = System.getLogger(RuntimeWatcher.class.getName());
    /** The runtime's lists may trail its events by a moment, so each event is followed by a second look. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(150);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ContainerRuntime runtime;
    private final Environment environment;
    private final PodWorkers workers;
    private final Runnable onUnavailable;
    private Map<String, Set<String>> last = Map.of();
    private Optional<ContainerRuntime.Subscription> subscription = Optional.empty();
    private boolean looking;
    private boolean again;
    private boolean stopped;

    /** @param onUnavailable called on a task thread when the runtime does not answer */
    public RuntimeWatcher(ContainerRuntime runtime, Environment environment, PodWorkers workers,
            Runnable onUnavailable) {
        this.runtime = runtime;
        this.environment = environment;
        this.workers = workers;
        this.onUnavailable = onUnavailable;
    }

    public void start() {
        subscribe();
        tick();
    }

    public synchronized void stop() {
        stopped = true;
        subscription.ifPresent(ContainerRuntime.Subscription::close);
        subscription = Optional.empty();
    }

    private synchronized void subscribe() {
        if (!stopped) {
            subscription.ifPresent(ContainerRuntime.Subscription::close);
            subscription = Optional.of(runtime.onChange(this::onEvent));
        }
    }

    private void onEvent() {
        look();
        Timers.Timer _ = environment.timers().after(SECOND_LOOK, this::look);
    }

    private void tick() {
        if (!isStopped()) {
            look();
            Timers.Timer _ = environment.timers().after(PERIOD, this::tick);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Compares the runtime's lists with the last ones, now or right after the look under way. */
    private void look() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            if (looking) {
                again = true;
                return;
            }
            looking = true;
        }
        environment.tasks().execute(this::lookAndReport);
    }

    private void lookAndReport() {
        try {
            report();
        } catch (RuntimeFailure e) {
            LOG.log(System.Logger.Level.WARNING, "runtime does not answer: " + e.getMessage());
            onUnavailable.run();
            subscribe();
        } finally {
            boolean more;
            synchronized (this) {
                looking = false;
                more = again;
                again = false;
            }
            if (more) {
                look();
            }
        }
    }

    private void report() {
        Map<String, Set<String>> now = new HashMap<>();
        Map<String, SandboxView> pods = new HashMap<>();
        for (SandboxView sandbox : runtime.sandboxes()) {
            pods.put(sandbox.podUid(), sandbox);
            now.computeIfAbsent(sandbox.podUid(), _ -> new TreeSet<>()).add(sandbox.id() + sandbox.ready());
        }
        for (ContainerView container : runtime.containers()) {
            now.computeIfAbsent(container.podUid(), _ -> new TreeSet<>()).add(container.id() + container.state());
        }
        Set<String> changed = new HashSet<>(now.keySet());
        changed.addAll(last.keySet());
        changed.removeIf(uid -> now.getOrDefault(uid, Set.of()).equals(last.getOrDefault(uid, Set.of())));
        last = now;
        if (!changed.isEmpty()) {
            workers.runtimeChanged(changed, pods);
        }
    }
}
