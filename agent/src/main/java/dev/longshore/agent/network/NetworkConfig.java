package dev.longshore.agent.network;

import java.nio.file.Path;
import java.util.List;

/**
 * The pod network of one node.
 *
 * @param nodeName     this node's name
 * @param nodeAddress  the address at which other nodes reach this one
 * @param bridge       name of the bridge, at most 12 characters
 * @param dnsAddress   the cluster's DNS address, which this node answers; "" for none
 * @param cniDirectory where the configuration goes; containerd's {@code conf_dir} names it
 * @param ipamDirectory where the address plug-in keeps what it gave away; survives restarts
 * @param plugins      names of the plug-ins that are installed, such as {@code portmap}
 */
public record NetworkConfig(String nodeName, String nodeAddress, String bridge, String dnsAddress, Path cniDirectory,
        Path ipamDirectory, List<String> plugins) {
    public NetworkConfig {
        plugins = List.copyOf(plugins);
    }

    /** The device to nodes on other networks. */
    String tunnelDevice() {
        return bridge + "-vx";
    }
}
