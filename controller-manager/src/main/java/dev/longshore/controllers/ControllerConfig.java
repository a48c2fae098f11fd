package dev.longshore.controllers;

import java.time.Duration;

/**
 * What the controllers have to be told.
 *
 * @param clusterCidr    the pods' IPv4 addresses: {@code 10.244.0.0/16}
 * @param nodeCidrPrefix the size of each node's share
 * @param nodeGrace      how long a node may be silent before it counts as unreachable
 * @param caPem          the CA that signed the API server's certificate, in PEM; "" publishes none
 */
public record ControllerConfig(String clusterCidr, int nodeCidrPrefix, Duration nodeGrace, String caPem) {
    /** Kubernetes 1.32's node grace, and the pod range that most network plug-ins take. */
    public static ControllerConfig defaults(String caPem) {
        return new ControllerConfig("10.244.0.0/16", 24, Duration.ofSeconds(50), caPem);
    }
}
