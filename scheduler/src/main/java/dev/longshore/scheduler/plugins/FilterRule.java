package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;

/** Decides which nodes a pod may not go to. */
public interface FilterRule extends NodeRule, HelpfulRule {
    /** False when the rule lets pods like this go anywhere. */
    default boolean mayRefuse(PodRequirements pod) {
        return true;
    }

    /** Takes out of {@code candidates} the nodes that will not do, and tells {@code rejections} why. */
    void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections);
}
