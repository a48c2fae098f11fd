package dev.longshore.agent.runtime;

import java.time.Instant;
import java.util.List;

/**
 * A pod's sandbox as the runtime reports it.
 *
 * @param attempt how many sandboxes the pod had before this one
 * @param ready   whether it runs and has its network
 * @param ips     the pod's addresses; empty in lists, for host network and when not ready
 */
public record SandboxView(String id, String podUid, String namespace, String podName, int attempt, boolean ready,
        Instant createdAt, List<String> ips) {
    public SandboxView {
        ips = List.copyOf(ips);
    }
}
