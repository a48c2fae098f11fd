package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import java.util.Set;

/** Knows which changes of the cluster may help pods that it refused. It may promise too much, never too little. */
public interface HelpfulRule {
    /** Kubernetes' name of the plug-in. */
    String name();

    /** The changes after which a node refused by this rule may be fit. */
    Set<ClusterChange> helpedBy();

    /**
     * Whether a change of one of those kinds may help this pod, when one looks at what has changed. A pod that may
     * evict others is helped already when it would fit without them.
     *
     * @param state the cluster after the change
     */
    default boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return true;
    }
}
