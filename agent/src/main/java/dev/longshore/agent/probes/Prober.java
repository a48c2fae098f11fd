package dev.longshore.agent.probes;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ProbeHandler;
import java.time.Duration;

/** Carries out one attempt of a probe; blocks until it is decided and never throws for a probe that fails. */
public interface Prober {
    ProbeOutcome probe(Target target, ProbeHandler handler, Duration limit);

    /** What is probed. {@code podIp} is "" where the pod has no address. */
    record Target(String containerId, Container container, String podIp) {}
}
