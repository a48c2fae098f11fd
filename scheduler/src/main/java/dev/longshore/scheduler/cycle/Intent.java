package dev.longshore.scheduler.cycle;

import dev.longshore.api.ObjectKey;

/** What the scheduler wants done. Results come back as events. */
public sealed interface Intent {
    ObjectKey pod();

    String uid();

    /** Bind the pod; answered by BindSucceeded or BindFailed. */
    record Bind(ObjectKey pod, String uid, String node) implements Intent {}

    /**
     * Write that the pod has no node, and why.
     *
     * @param reason           of condition PodScheduled=False
     * @param conditionCurrent whether the pod shows this condition already, so that only the event is due
     */
    record MarkUnschedulable(ObjectKey pod, String uid, String reason, String message, boolean conditionCurrent)
            implements
                Intent {}
}
