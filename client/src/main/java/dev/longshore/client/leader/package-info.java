/**
 * One leader among several processes, by a Lease. Entry class: {@link dev.longshore.client.leader.LeaderElector};
 * {@link dev.longshore.client.leader.LeaderDecision} decides, without effects.
 *
 * <p>One task at a time runs the elector's steps; timers start them. The package does not know what the leader does.
 */
package dev.longshore.client.leader;
