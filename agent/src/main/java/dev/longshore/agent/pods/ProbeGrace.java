package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a container may take to end after one of its probes failed for good. */
final class ProbeGrace {
    private ProbeGrace() {
    }

    /** What the liveness or the startup probe says, else what the pod says. */
    static Duration of(Pod pod, String name) {
        Optional<Container> container = PodSpecs.container(pod, name);
        return container.stream().flatMap(item -> Stream.of(item.getLivenessProbe(), item.getStartupProbe()))
                .filter(Probe::hasTerminationGracePeriodSeconds)
                .map(probe -> Duration.ofSeconds(probe.getTerminationGracePeriodSeconds())).findFirst()
                .orElseGet(() -> PodSpecs.grace(pod));
    }
}
