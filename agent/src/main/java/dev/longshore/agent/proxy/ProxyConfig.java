package dev.longshore.agent.proxy;

import java.util.Set;

/**
 * What the rules of a node depend on besides Services and EndpointSlices.
 *
 * @param table         name of the nftables table, which belongs to us alone
 * @param nodeName      this node, as EndpointSlices name it
 * @param podCidr       the pods of this node, such as {@code 10.244.1.0/24}
 * @param clusterCidr   the pods of all nodes
 * @param ownAddresses  Service addresses that this node answers itself, such as the cluster DNS; they get no rules
 * @param trackedBridge whether connection tracking sees frames between two pods on the node's bridge (the sysctl
 *                      bridge-nf-call-iptables). Where it does not, an answer would bypass the translation back, so
 *                      Service traffic between pods of one node gets the node's address as its source.
 */
public record ProxyConfig(String table, String nodeName, String podCidr, String clusterCidr,
        Set<String> ownAddresses, boolean trackedBridge) {
    public ProxyConfig {
        ownAddresses = Set.copyOf(ownAddresses);
    }
}
