package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.UsageChange;

/**
 * What a rule has counted over all nodes for one set of requirements. Made for the cluster as it is at that moment; told
 * of every pod that comes or leaves from then on, it stays true until the structure of the cluster changes. Owner: the
 * scheduler's thread.
 */
public interface Tally extends UsageChange {
    /** Whether the rule has nothing to say at present: it lets the pods go anywhere, or likes all nodes alike. */
    boolean idle();
}
