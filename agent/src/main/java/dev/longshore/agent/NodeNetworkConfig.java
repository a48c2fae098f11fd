package dev.longshore.agent;

import dev.longshore.agent.network.NetworkConfig;

/**
 * What the network of a node is told.
 *
 * @param nftTable      name of the table that belongs to this node alone
 * @param clusterCidr   the pods of all nodes
 * @param clusterDomain such as {@code cluster.local}
 */
public record NodeNetworkConfig(NetworkConfig network, String nftTable, String clusterCidr, String clusterDomain) {}
