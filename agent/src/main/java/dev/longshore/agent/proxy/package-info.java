/**
 * The service proxy: makes the addresses of Services answer on this node.
 *
 * <p>{@link dev.longshore.agent.proxy.RuleCompiler} turns Services and EndpointSlices into a {@link
 * dev.longshore.agent.proxy.RuleSet}, the wanted content of one nftables table; {@link
 * dev.longshore.agent.proxy.RuleDiff} writes the transaction that leads from one rule set to the next; {@link
 * dev.longshore.agent.proxy.NftApplier} runs it and repairs drift. Entry class: {@link
 * dev.longshore.agent.proxy.ServiceProxy}, which owns the loop {@code service-proxy}; {@code nft} runs on task threads,
 * one at a time.
 *
 * <p>The kernel serves a packet with one hash look-up in a verdict map, so the cost does not grow with the number of
 * Services. Connections under way are kept by connection tracking and see no change of the rules.
 *
 * <p>Only IPv4 is served. A node port answers on every address of the node but 127.0.0.0/8: a packet from the loopback
 * to a pod would need route_localnet, which opens loopback services of the host to its neighbours.
 *
 * <p>The package must not know how pods run or who routes between nodes.
 */
package dev.longshore.agent.proxy;
