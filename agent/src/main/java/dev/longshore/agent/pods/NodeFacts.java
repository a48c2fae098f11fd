package dev.longshore.agent.pods;

import dev.longshore.api.resource.Quantity;
import java.util.List;
import java.util.Map;

/**
 * What pods get to know and use of their node.
 *
 * @param ips         the node's addresses
 * @param allocatable what pods may use, by resource
 * @param memoryBytes the machine's memory
 * @param cgroupRoot  the control group above all pods
 * @param runtimeName the scheme of container ids: {@code containerd}
 */
public record NodeFacts(List<String> ips, Map<String, Quantity> allocatable, long memoryBytes, String cgroupRoot,
        String runtimeName, PodIdentity.Dns dns) {
    public NodeFacts {
        ips = List.copyOf(ips);
        allocatable = Map.copyOf(allocatable);
    }
}
