package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import java.time.Duration;
import java.util.Optional;

/** How long one pod took from when this agent first saw it until all of its containers had started. Told once. */
final class StartTimer {
    private final long sinceNanos;
    private boolean told;

    /** A pod that an earlier agent process began to run says nothing about a start. */
    StartTimer(Pod pod, boolean present, long nowNanos) {
        this.sinceNanos = nowNanos;
        this.told = !present || PodSpecs.finished(pod) || pod.getStatus().getContainerStatusesList().stream()
                .map(ContainerStatus::getContainerID).anyMatch(id -> !id.isEmpty());
    }

    /** The duration, at the first look at which all main containers have started. */
    Optional<Duration> look(PodSnapshot now, long nowNanos) {
        boolean started = now.pod().getSpec().getContainersCount() > 0
                && now.pod().getSpec().getContainersList().stream().allMatch(container -> now
                        .latest(container.getName()).filter(view -> view.state() != ContainerView.State.CREATED)
                        .isPresent());
        if (told || !started) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(Duration.ofNanos(nowNanos - sinceNanos));
    }
}
