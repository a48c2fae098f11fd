package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;

/**
 * A rule whose answer for a node depends on the pods of other nodes too: those in the same domain of some topology. It
 * counts once for each set of requirements and keeps count from then on, instead of looking at every pod again.
 *
 * <p>Example: required anti-affinity on the hostname. The filter counts, for each domain, the pods that the term selects;
 * a pod placed on node-7 raises one number, and the next decision refuses the nodes of that domain.
 */
public interface DomainRule extends HelpfulRule {
    /** By how much the normalised score is multiplied in the sum. */
    int weight();

    /** Counts what the filter needs. */
    DomainFilter filterFor(PodRequirements pod, ClusterState state);

    /** Counts what the score needs. */
    DomainScore scoreFor(PodRequirements pod, ClusterState state);
}
