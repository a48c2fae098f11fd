/**
 * What the scheduler knows about nodes and the pods on them, laid out for scanning: one primitive column per resource,
 * one bitset of nodes per label value, taint, port and image. {@link dev.longshore.scheduler.state.ClusterState} is the
 * entry.
 *
 * <p>Everything mutable here belongs to the scheduler's owner thread. The records ({@code NodeFacts}, {@code PodInfo},
 * {@code PodRequirements}) are immutable and made on the threads that receive objects. The package must not know
 * queues, clocks, the API client, or why a node is wanted.
 */
package dev.longshore.scheduler.state;
