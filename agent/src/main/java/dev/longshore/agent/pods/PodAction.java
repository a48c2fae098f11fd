package dev.longshore.agent.pods;

import java.time.Instant;
import java.util.List;

/** One step of a pod worker. Every step may be repeated after a crash in its middle. */
public sealed interface PodAction {
    /** Wait for an event, or until {@code wakeAt}; {@link Instant#MAX} means for an event only. */
    record Nothing(Instant wakeAt) implements PodAction {}

    record MountVolumes() implements PodAction {}

    record RunSandbox(int attempt) implements PodAction {}

    record StopSandbox(String id) implements PodAction {}

    record RemoveSandbox(String id) implements PodAction {}

    /** Makes sure that the container's image is here. */
    record PullImage(String container) implements PodAction {}

    record StartContainer(String container, int attempt) implements PodAction {}

    record PostStart(String container, String id) implements PodAction {}

    /** Stops containers in parallel, their hooks included, and kills them at {@code deadline}. */
    record StopContainers(List<Kill> kills, Instant deadline) implements PodAction {
        public StopContainers {
            kills = List.copyOf(kills);
        }
    }

    record RemoveContainer(String id) implements PodAction {}

    /** Waits until no more traffic is sent to the pod, for a bounded time. */
    record AwaitWithdrawal() implements PodAction {}

    /** Removes sandboxes, volumes, logs and control groups. */
    record CleanUp() implements PodAction {}

    /** Reports the last status and removes the object. */
    record ConfirmDeleted() implements PodAction {}

    /** A container to stop. */
    record Kill(String container, String id, Why why) {}

    /** Why a container is stopped. */
    enum Why {
        TERMINATION, UNHEALTHY, SANDBOX_LOST, HOOK_FAILED
    }
}
