package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.UsageChange;
import java.util.List;

/**
 * What a rule has counted over all nodes for one set of requirements. Made for the cluster as it is at that moment; told
 * of every pod that comes or leaves from then on, it stays true until the structure of the cluster changes. Owner: the
 * scheduler's thread.
 */
public interface Tally extends UsageChange {
    /** Whether the rule has nothing to say at present: it lets the pods go anywhere, or likes all nodes alike. */
    boolean idle();

    /**
     * All that its answer about a node depends on: two nodes with the same numbers have the same answer, or, where a
     * count {@linkplain DomainCounts#countsDomains() counts domains}, two in the same domain. More may come to the end
     * of the list when pods do. Do not modify.
     */
    List<DomainCounts> counts();
}
