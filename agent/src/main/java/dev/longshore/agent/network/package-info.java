/**
 * The pod network of a node: a bridge, the CNI configuration for containerd, routes to the pods of other nodes, and the
 * forwarding they need.
 *
 * <p>Entry class: {@link dev.longshore.agent.network.PodNetwork}. The decisions are pure: {@link
 * dev.longshore.agent.network.RoutePlan}, {@link dev.longshore.agent.network.CniConfig}, {@link
 * dev.longshore.agent.network.ForwardAccept}. Commands run on task threads, one round at a time.
 *
 * <p>The address of the cluster's DNS is put on the loopback interface of every node, so each node answers its pods
 * itself, with no translation in between; nodes on one machine live in network namespaces of their own and do not
 * collide.
 *
 * <p>The CNI configuration goes into a directory of ours that containerd is pointed to; another one on the machine is
 * neither read nor changed.
 *
 * <p>Docker sets the policy of iptables' FORWARD chain to DROP, and an accept in another table does not overrule a
 * drop. So two rules that accept our bridge are put at the head of FORWARD, by the command {@code iptables} that
 * Docker uses too, and taken away by {@code cleanup}.
 *
 * <p>The package must not know Services, pods or the container runtime.
 */
package dev.longshore.agent.network;
