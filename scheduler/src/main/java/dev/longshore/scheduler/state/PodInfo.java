package dev.longshore.scheduler.state;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;

/**
 * A pod as the scheduler sees it.
 *
 * @param nodeName   where it is bound; "" while it is not
 * @param priority   higher goes first
 * @param mayPreempt false for preemptionPolicy Never
 * @param gated      whether scheduling gates hold it back
 * @param leaving    whether it is being deleted
 * @param finished   whether all its containers have ended for good: it takes nothing any more
 * @param condition  the message of condition PodScheduled=False; "" if there is none
 */
public record PodInfo(ObjectKey key, String uid, String schedulerName, String nodeName, int priority,
        boolean mayPreempt, boolean gated, boolean leaving, boolean finished, String condition,
        PodRequirements requirements) {
    private static final String DEFAULT_SCHEDULER = "default-scheduler";

    public static PodInfo of(Pod pod) {
        var spec = pod.getSpec();
        var meta = pod.getMetadata();
        return new PodInfo(new ObjectKey(meta.getNamespace(), meta.getName()), meta.getUid(),
                spec.getSchedulerName().isEmpty() ? DEFAULT_SCHEDULER : spec.getSchedulerName(), spec.getNodeName(),
                spec.getPriority(), !spec.getPreemptionPolicy().equals("Never"), spec.getSchedulingGatesCount() > 0,
                meta.hasDeletionTimestamp(), finished(pod.getStatus().getPhase()), condition(pod),
                RequirementsReader.read(pod));
    }

    public boolean bound() {
        return !nodeName.isEmpty();
    }

    private static boolean finished(String phase) {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static String condition(Pod pod) {
        return pod.getStatus().getConditionsList().stream()
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .map(PodCondition::getMessage).findFirst().orElse("");
    }
}
