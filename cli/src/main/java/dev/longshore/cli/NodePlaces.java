package dev.longshore.cli;

import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.NodeNetworkConfig;
import dev.longshore.agent.network.NetworkConfig;
import dev.longshore.api.ProductVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a node keeps its things, as the agent and the purge of it must agree.
 *
 * @param dataDir  of the agent; survives reboots
 * @param stateDir sockets and mounts; short, because a socket's path is limited to 107 characters
 */
record NodePlaces(String nodeName, String address, Path dataDir, Path stateDir) {
    /** The directory for the sockets of the agent whose data lies in {@code dataDir}: one under /run by its name. */
    static Path stateDir(Path dataDir) {
        return Path.of("/run/longshore", Integer.toHexString(dataDir.toAbsolutePath().normalize().hashCode()));
    }

    static NodePlaces of(String nodeName, String address, Path dataDir) {
        return new NodePlaces(nodeName, address, dataDir, stateDir(dataDir));
    }

    AgentConfig agent() {
        return new AgentConfig(nodeName, List.of(address), dataDir, stateDir, dataDir.resolve("logs"),
                ClusterDefaults.CGROUP_ROOT + "-" + stateDir.getFileName(), Images.PAUSE,
                ClusterDefaults.CLUSTER_DOMAIN,
                List.of(ClusterDefaults.DNS_ADDRESS), ClusterDefaults.CNI_PLUGINS, cniConfiguration(),
                ClusterDefaults.MAX_PODS, Map.of(), ProductVersion.KUBERNETES);
    }

    NodeNetworkConfig network() {
        return new NodeNetworkConfig(
                new NetworkConfig(nodeName, address, ClusterDefaults.BRIDGE, ClusterDefaults.DNS_ADDRESS,
                        cniConfiguration(), dataDir.resolve("ipam"), plugins()),
                ClusterDefaults.NFT_TABLE, ClusterDefaults.POD_CIDR, ClusterDefaults.CLUSTER_DOMAIN);
    }

    private Path cniConfiguration() {
        return dataDir.resolve("cni");
    }

    private static List<String> plugins() {
        return ClusterDefaults.CNI_PLUGINS.stream().filter(Files::isDirectory).findFirst()
                .map(directory -> Stream.of("portmap", "bandwidth")
                        .filter(name -> Files.isExecutable(directory.resolve(name))).toList())
                .orElse(List.of());
    }
}
