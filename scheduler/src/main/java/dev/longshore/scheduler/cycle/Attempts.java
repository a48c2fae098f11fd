package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.QueuedPod;
import dev.longshore.scheduler.queue.SchedulingQueue;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a decision: the pod is assumed on its node, or it waits, and why it was refused is remembered; if
 * others are to make room for it, it waits for their node. Owner: the scheduler's thread.
 */
final class Attempts {
    /** Reason of the condition when no node fits (Kubernetes scheduler). */
    private static final String UNSCHEDULABLE = "Unschedulable";

    private final Profiles profiles;
    private final SchedulingQueue queue;
    private final Nominations nominations;
    private final WakeUps wakeUps;
    private final Decider decider;
    private final Assumptions assumptions;
    private final Map<String, Diagnosis> diagnoses = new HashMap<>();

    Attempts(CycleState shared, Decider decider, Assumptions assumptions) {
        this.profiles = shared.profiles();
        this.queue = shared.queue();
        this.nominations = shared.nominations();
        this.wakeUps = shared.wakeUps();
        this.decider = decider;
        this.assumptions = assumptions;
    }

    /** @param next taken out of the queue */
    Intent attempt(QueuedPod next, Instant now) {
        PodInfo pod = next.pod();
        return switch (decider.decide(pod)) {
            case Decision.Placed(var node) -> {
                forget(pod.uid());
                yield assumptions.assume(next, node, now);
            }
            case Decision.Preempts(var diagnosis, var node, var victims) -> {
                refused(next, diagnosis, now);
                yield preempt(pod, FitMessage.of(diagnosis), node, victims, now);
            }
            case Decision.Nowhere(var diagnosis, var waits) -> {
                refused(next, diagnosis, now);
                if (!waits) {
                    nominations.remove(pod.uid()).ifPresent(node -> wakeUps.roomFreed(pod, node, now));
                }
                yield unschedulable(pod, FitMessage.of(diagnosis));
            }
        };
    }

    /** Why the pod was refused when it was last tried. */
    Optional<Diagnosis> diagnosis(String uid) {
        return Optional.ofNullable(diagnoses.get(uid));
    }

    /** It no longer matters why the pod was refused. */
    void forget(String uid) {
        diagnoses.remove(uid);
    }

    private void refused(QueuedPod next, Diagnosis diagnosis, Instant now) {
        diagnoses.put(next.pod().uid(), diagnosis);
        Plugins plugins = profiles.plugins(next.pod().schedulerName());
        queue.unschedulable(next, plugins.refusal(next.pod(), diagnosis.rules()), now);
    }

    private Intent preempt(PodInfo pod, String message, String node, List<PodInfo> victims, Instant now) {
        List<PodInfo> outranked = nominations.below(pod, node);
        for (PodInfo other : outranked) {
            nominations.remove(other.uid());
            queue.retry(other.uid(), now);
        }
        nominations.put(pod, node);
        List<PodInfo> staying = victims.stream().filter(victim -> !victim.leaving() && !nominations.leaves(victim))
                .toList();
        staying.forEach(victim -> nominations.evicts(victim.uid()));
        return new Intent.Preempt(unschedulable(pod, message), node, targets(staying), targets(outranked));
    }

    private static List<Intent.Target> targets(List<PodInfo> pods) {
        return pods.stream().map(pod -> new Intent.Target(pod.key(), pod.uid())).toList();
    }

    private Intent.MarkUnschedulable unschedulable(PodInfo pod, String message) {
        return Intent.MarkUnschedulable.of(pod, UNSCHEDULABLE, message, nominations.nodeOf(pod.uid()).orElse(""));
    }
}
