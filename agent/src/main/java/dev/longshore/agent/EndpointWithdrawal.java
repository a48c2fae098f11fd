package dev.longshore.agent;

import dev.longshore.agent.pods.WithdrawalGate;
import dev.longshore.agent.proxy.ServiceProxy;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a pod's SIGTERM back until this node's service rules send it nothing new, and for {@link #SETTLE} more. A pod
 * that the rules do not stop naming within the gate's limit ends nevertheless. Safe from any thread.
 */
final class EndpointWithdrawal implements WithdrawalGate, ServiceProxy.AppliedListener {
    /** For the other nodes: they hear of the same change at the same time, and their kernels may be slower. */
    static final Duration SETTLE = Duration.ofMillis(500);

    private final Timers timers;
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<List<EndpointSlice>> applied = Optional.empty();

    EndpointWithdrawal(Timers timers) {
        this.timers = timers;
    }

    /** A pod that waits; {@code settling} while the rules do without it and the other nodes are given time. */
    private static final class Waiting {
        private final Pod pod;
        private final Runnable open;
        private boolean settling;

        Waiting(Pod pod, Runnable open) {
            this.pod = pod;
            this.open = open;
        }
    }

    @Override
    public void await(Pod pod, Runnable open) {
        Waiting entry = new Waiting(pod, open);
        synchronized (this) {
            waiting.add(entry);
            settle(entry);
        }
        timers.after(FIXED_DELAY, () -> open(entry));
    }

    @Override
    public synchronized void onApplied(long generation, List<EndpointSlice> reflected) {
        applied = Optional.of(reflected);
        waiting.forEach(this::settle);
    }

    private void settle(Waiting entry) {
        if (!entry.settling && withdrawn(entry)) {
            entry.settling = true;
            timers.after(SETTLE, () -> settled(entry));
        }
    }

    /** The pod may have come back meanwhile: then the rules that leave it out again start a new settle time. */
    private void settled(Waiting entry) {
        boolean still;
        synchronized (this) {
            still = withdrawn(entry);
            entry.settling = false;
        }
        if (still) {
            open(entry);
        }
    }

    private void open(Waiting entry) {
        boolean first;
        synchronized (this) {
            first = waiting.remove(entry);
        }
        if (first) {
            entry.open.run();
        }
    }

    private boolean withdrawn(Waiting entry) {
        return applied.isPresent() && applied.get().stream().flatMap(slice -> slice.getEndpointsList().stream())
                .noneMatch(endpoint -> ready(endpoint) && leadsTo(endpoint, entry.pod));
    }

    /** Unknown counts as ready (Kubernetes API, discovery/v1 EndpointConditions). */
    private static boolean ready(Endpoint endpoint) {
        return !endpoint.getConditions().hasReady() || endpoint.getConditions().getReady();
    }

    /** By uid; slices that people wrote have only addresses, and those of the node itself name no pod. */
    private static boolean leadsTo(Endpoint endpoint, Pod pod) {
        if (endpoint.hasTargetRef()) {
            return endpoint.getTargetRef().getUid().equals(pod.getMetadata().getUid());
        }
        return !pod.getSpec().getHostNetwork() && pod.getStatus().getPodIPsList().stream().map(PodIP::getIp)
                .anyMatch(endpoint.getAddressesList()::contains);
    }
}
