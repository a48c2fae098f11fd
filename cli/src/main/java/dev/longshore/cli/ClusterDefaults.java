package dev.longshore.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The addresses and names that every part of a cluster must agree on, and the places where Debian puts things. */
final class ClusterDefaults {
    /** Answers DNS on every node; outside the first addresses of the service range, which Services get by default. */
    static final String DNS_ADDRESS = "10.96.0.10";
    static final String CLUSTER_DOMAIN = "cluster.local";
    /** The pods of all nodes; the controller manager gives each node a share. */
    static final String POD_CIDR = "10.244.0.0/16";
    static final int NODE_CIDR_PREFIX = 24;
    static final String BRIDGE = "longshore0";
    static final String NFT_TABLE = "longshore";
    static final String CGROUP_ROOT = "/longshore";
    static final List<Path> CNI_PLUGINS = List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"));
    static final int MAX_PODS = 110;
    static final Duration NODE_GRACE = Duration.ofSeconds(50);

    private ClusterDefaults() {
    }
}
