package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions about a pod's specification that several deciders ask. */
public final class PodSpecs {
    /** Where nothing says otherwise (Kubernetes API, core/v1 PodSpec). */
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private PodSpecs() {
    }

    public static boolean deleted(Pod pod) {
        return pod.getMetadata().hasDeletionTimestamp();
    }

    /** How long the containers may take to end. */
    public static Duration grace(Pod pod) {
        if (pod.getMetadata().hasDeletionGracePeriodSeconds()) {
            return Duration.ofSeconds(Math.max(0, pod.getMetadata().getDeletionGracePeriodSeconds()));
        }
        return Duration.ofSeconds(pod.getSpec().hasTerminationGracePeriodSeconds()
                ? pod.getSpec().getTerminationGracePeriodSeconds()
                : DEFAULT_GRACE_SECONDS);
    }

    /** Whether an init container keeps running beside the main ones. */
    public static boolean sidecar(Container container) {
        return container.getRestartPolicy().equals("Always");
    }

    public static Optional<Container> container(Pod pod, String name) {
        return all(pod).filter(container -> container.getName().equals(name)).findFirst();
    }

    public static boolean init(Pod pod, String name) {
        return pod.getSpec().getInitContainersList().stream().anyMatch(item -> item.getName().equals(name));
    }

    /** Init containers, then main ones. */
    public static Stream<Container> all(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainersList().stream(),
                pod.getSpec().getContainersList().stream());
    }

    /** Whether a container that ended with this code is started again. */
    public static boolean restarts(Pod pod, Container container, int exitCode) {
        if (sidecar(container)) {
            return true;
        }
        return switch (pod.getSpec().getRestartPolicy()) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> exitCode != 0 || !init(pod, container.getName());
        };
    }

    /** When the pod has run for too long; {@link Instant#MAX} when it may run for ever. */
    public static Instant deadline(Pod pod) {
        if (!pod.getSpec().hasActiveDeadlineSeconds()) {
            return Instant.MAX;
        }
        return Times.instant(pod.getStatus().getStartTime())
                .map(start -> start.plusSeconds(pod.getSpec().getActiveDeadlineSeconds())).orElse(Instant.MAX);
    }

    public static boolean finished(Pod pod) {
        return pod.getStatus().getPhase().equals("Succeeded") || pod.getStatus().getPhase().equals("Failed");
    }

    /** {@code name_namespace(uid)}, as messages name a pod. */
    public static String label(Pod pod) {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }
}
