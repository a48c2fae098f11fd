package dev.longshore.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one agent is told about its node.
 *
 * @param nodeName      the name of the Node object
 * @param nodeIps       the node's addresses, the first is its InternalIP
 * @param dataDir       holds everything the agent keeps on disk
 * @param stateDir      holds sockets and mounts; short, and empty after a reboot
 * @param logDir        the logs of pods are under {@code logDir/NAMESPACE_NAME_UID}
 * @param cgroupRoot    the control group above all pods, such as {@code /longshore}
 * @param sandboxImage  the image of a pod's first process
 * @param clusterDomain such as {@code cluster.local}
 * @param clusterDns    the addresses that pods send DNS questions to; empty: as the node does
 * @param cniBinDirs    where the CNI plug-ins are, the first that exists counts
 * @param cniConfDir    where the network's configuration is
 * @param maxPods       how many pods the node takes
 * @param labels        more labels for the Node object
 * @param version       shown as the node's kubelet version: a semantic version with {@code v} in front
 */
public record AgentConfig(String nodeName, List<String> nodeIps, Path dataDir, Path stateDir, Path logDir,
        String cgroupRoot, String sandboxImage, String clusterDomain, List<String> clusterDns, List<Path> cniBinDirs,
        Path cniConfDir, int maxPods, Map<String, String> labels, String version) {
    public AgentConfig {
        nodeIps = List.copyOf(nodeIps);
        clusterDns = List.copyOf(clusterDns);
        cniBinDirs = List.copyOf(cniBinDirs);
        labels = Map.copyOf(labels);
    }

    /** The directories of pods' volumes. */
    public Path podsDir() {
        return dataDir.resolve("pods");
    }

    public Path containerdDir() {
        return dataDir.resolve("containerd");
    }
}
