package dev.longshore.agent.pods;

import dev.longshore.agent.pods.PodAction.Kill;
import dev.longshore.agent.pods.PodOperations.Tools;
import dev.longshore.agent.probes.ProbeOutcome;
import dev.longshore.agent.probes.Prober;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.LifecycleHandler;
import dev.longshore.api.core.v1.ProbeHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Ends containers the polite way, and runs their hooks. */
final class ContainerStopper {
    /** What SIGTERM gets in any case after a preStop hook (Kubernetes API, container lifecycle hooks). */
    private static final Duration LEAST_AFTER_HOOK = Duration.ofSeconds(2);
    /** A postStart hook that hangs must not hold the pod for ever. */
    private static final Duration POST_START_LIMIT = Duration.ofMinutes(5);

    private final Tools tools;

    ContainerStopper(Tools tools) {
        this.tools = tools;
    }

    /** Returns when all have ended. Each takes its time on its own thread. */
    void stop(PodSnapshot now, List<Kill> kills, Instant deadline) {
        List<CompletableFuture<Void>> running = kills.stream()
                .map(kill -> CompletableFuture.runAsync(() -> stop(now, kill, deadline), tools.environment().tasks()))
                .toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void stop(PodSnapshot now, Kill kill, Instant deadline) {
        String why = switch (kill.why()) {
            case UNHEALTHY -> "Container " + kill.container() + " failed its probes, will be restarted";
            case HOOK_FAILED -> "FailedPostStartHook";
            case TERMINATION, SANDBOX_LOST -> "Stopping container " + kill.container();
        };
        tools.events().normal(now.pod(), kill.container(), "Killing", why);
        Duration least = Duration.ZERO;
        Optional<Container> container = PodSpecs.container(now.pod(), kill.container())
                .filter(item -> item.getLifecycle().hasPreStop());
        if (container.isPresent() && kill.why() != PodAction.Why.SANDBOX_LOST && remaining(deadline).isPositive()) {
            preStop(now, container.get(), kill.id(), remaining(deadline));
            least = LEAST_AFTER_HOOK;
        }
        Duration grace = remaining(deadline);
        tools.runtime().stopContainer(kill.id(), grace.compareTo(least) < 0 ? least : grace);
    }

    private Duration remaining(Instant deadline) {
        Duration left = Duration.between(tools.environment().clock().now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void preStop(PodSnapshot now, Container container, String id, Duration limit) {
        ProbeOutcome outcome = hook(now, container, id, container.getLifecycle().getPreStop(), limit);
        if (!outcome.success()) {
            tools.events().warning(now.pod(), container.getName(), "FailedPreStopHook",
                    "PreStopHook failed: " + outcome.message());
        }
    }

    /** Fails with {@link StepFailure} when the hook does. */
    void postStart(PodSnapshot now, Container container, String id) {
        ProbeOutcome outcome = hook(now, container, id, container.getLifecycle().getPostStart(), POST_START_LIMIT);
        if (!outcome.success()) {
            tools.events().warning(now.pod(), container.getName(), "FailedPostStartHook",
                    "PostStartHook failed: " + outcome.message());
            throw new StepFailure("PostStartHookError", outcome.message());
        }
    }

    private ProbeOutcome hook(PodSnapshot now, Container container, String id, LifecycleHandler handler,
            Duration limit) {
        if (handler.hasSleep()) {
            Duration wanted = Duration.ofSeconds(handler.getSleep().getSeconds());
            CompletableFuture<Void> over = new CompletableFuture<>();
            tools.environment().timers().after(wanted.compareTo(limit) < 0 ? wanted : limit, () -> over.complete(null));
            over.join();
            return ProbeOutcome.success("");
        }
        if (!handler.hasExec() && !handler.hasHttpGet()) {
            // tcpSocket does nothing as a hook (Kubernetes API: deprecated there).
            return ProbeOutcome.success("");
        }
        ProbeHandler.Builder probe = ProbeHandler.newBuilder();
        if (handler.hasExec()) {
            probe.setExec(handler.getExec());
        } else {
            probe.setHttpGet(handler.getHttpGet());
        }
        String ip = PodStatusBuilder.ips(now, tools.node()).stream().findFirst().orElse("");
        return tools.prober().probe(new Prober.Target(id, container, ip), probe.build(), limit);
    }
}
