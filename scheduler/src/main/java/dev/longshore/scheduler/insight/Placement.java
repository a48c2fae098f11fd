package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/** Where a pod would go. */
public sealed interface Placement {
    PodInfo pod();

    /**
     * It gets this node.
     *
     * @param victims pods of lower priority that leave it first; they lose their place
     */
    record On(PodInfo pod, String node, List<PodInfo> victims) implements Placement {
        public On {
            victims = List.copyOf(victims);
        }
    }

    /**
     * It has to wait.
     *
     * @param why as the event FailedScheduling says it
     */
    record Nowhere(PodInfo pod, String why) implements Placement {}
}
