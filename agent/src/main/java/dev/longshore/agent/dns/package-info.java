/**
 * The DNS of the cluster, answered by every node for its own pods.
 *
 * <p>Entry class: {@link dev.longshore.agent.dns.DnsServer}. {@link dev.longshore.agent.dns.ClusterZone} decides the
 * answers, a pure function of the cluster's objects and a question; {@link dev.longshore.agent.dns.DnsMessage} reads
 * and writes the bytes; {@link dev.longshore.agent.dns.Forwarder} asks the node's own name servers about everything
 * else.
 *
 * <p>The server listens on the cluster's DNS address itself, which the pod network puts on the node's loopback
 * interface. Answers of others are passed on as they came, byte for byte, so record types that we do not know work
 * too; that is why the messages are read here and not by a library that takes them apart. One thread reads datagrams;
 * cluster names are answered on it from memory, everything else on task threads, so many at a time as a limit says.
 *
 * <p>The package must not know how addresses are translated or routed.
 */
package dev.longshore.agent.dns;
