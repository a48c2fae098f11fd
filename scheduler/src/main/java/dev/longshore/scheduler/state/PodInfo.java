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
 * @param preempted  whether it makes room for a pod of higher priority, as the condition DisruptionTarget tells
 * @param finished   whether all its containers have ended for good: it takes nothing any more
 * @param nominated  the node where room is being made for it; "" for none
 * @param started    when it began to run on its node, in seconds of Unix time; {@link #NOT_STARTED} before
 * @param condition  the message of condition PodScheduled=False; "" if there is none
 */
public record PodInfo(ObjectKey key, String uid, String schedulerName, String nodeName, int priority,
        boolean mayPreempt, boolean gated, boolean leaving, boolean preempted, boolean finished, String nominated,
        long started, String condition, PodRequirements requirements) {
    /** What a pod shows that is evicted for another (Kubernetes API, pod conditions). */
    public static final String DISRUPTION_TARGET = "DisruptionTarget";
    public static final String PREEMPTED = "PreemptionByScheduler";

    /** Younger than any pod that runs. */
    public static final long NOT_STARTED = Long.MAX_VALUE;

    private static final String DEFAULT_SCHEDULER = "default-scheduler";

    /** The same, but that another scheduler is to place it. */
    public PodInfo scheduledBy(String name) {
        return new PodInfo(key, uid, name, nodeName, priority, mayPreempt, gated, leaving, preempted, finished,
                nominated,
                started, condition, requirements);
    }

    public static PodInfo of(Pod pod) {
        var spec = pod.getSpec();
        var meta = pod.getMetadata();
        return new PodInfo(new ObjectKey(meta.getNamespace(), meta.getName()), meta.getUid(),
                spec.getSchedulerName().isEmpty() ? DEFAULT_SCHEDULER : spec.getSchedulerName(), spec.getNodeName(),
                spec.getPriority(), !spec.getPreemptionPolicy().equals("Never"), spec.getSchedulingGatesCount() > 0,
                meta.hasDeletionTimestamp(), preempted(pod), finished(pod.getStatus().getPhase()),
                pod.getStatus().getNominatedNodeName(),
                pod.getStatus().hasStartTime() ? pod.getStatus().getStartTime().getSeconds() : NOT_STARTED,
                condition(pod), RequirementsReader.read(pod));
    }

    /** Whether it takes from its node, and counts for other pods, what the other does. */
    boolean countsLike(PodInfo other) {
        return leaving == other.leaving && priority == other.priority
                && requirements.requests().equals(other.requirements.requests())
                && requirements.scoredCpuMillis() == other.requirements.scoredCpuMillis()
                && requirements.scoredMemoryBytes() == other.requirements.scoredMemoryBytes()
                && requirements.ports().equals(other.requirements.ports())
                && requirements.volumes().equals(other.requirements.volumes())
                && requirements.traits().equals(other.requirements.traits());
    }

    public boolean bound() {
        return !nodeName.isEmpty();
    }

    private static boolean preempted(Pod pod) {
        return pod.getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getType().equals(DISRUPTION_TARGET)
                        && condition.getStatus().equals("True") && condition.getReason().equals(PREEMPTED));
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
