package dev.longshore.controllers.objects;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What controllers ask of a pod. */
public final class Pods {
    private Pods() {
    }

    /** Succeeded or failed: it will never run again. */
    public static boolean finished(Pod pod) {
        return switch (pod.getStatus().getPhase()) {
            case "Succeeded", "Failed" -> true;
            default -> false;
        };
    }

    public static boolean terminating(Pod pod) {
        return pod.getMetadata().hasDeletionTimestamp();
    }

    /** Counts as a replica: neither finished nor being deleted. */
    public static boolean active(Pod pod) {
        return !finished(pod) && !terminating(pod);
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditionsList().stream().filter(c -> c.getType().equals(type)).findFirst();
    }

    public static boolean ready(Pod pod) {
        return condition(pod, "Ready").filter(c -> c.getStatus().equals("True")).isPresent();
    }

    /** Since when the pod is ready; empty when it is not. */
    public static Optional<Instant> readySince(Pod pod) {
        return condition(pod, "Ready").filter(c -> c.getStatus().equals("True"))
                .map(c -> Instant.ofEpochSecond(c.getLastTransitionTime().getSeconds()));
    }

    /** When a ready pod counts as available; empty when it is not ready. */
    public static Optional<Instant> availableAt(Pod pod, Duration minReady) {
        return readySince(pod).map(since -> since.plus(minReady));
    }

    public static boolean available(Pod pod, Duration minReady, Instant now) {
        return availableAt(pod, minReady).filter(at -> minReady.isZero() || !at.isAfter(now)).isPresent();
    }

    /** The pod with one condition set; the transition time changes only with the status. */
    public static Pod withCondition(Pod pod, PodCondition condition, Instant now) {
        Pod.Builder builder = pod.toBuilder();
        var conditions = builder.getStatusBuilder().getConditionsBuilderList();
        for (PodCondition.Builder existing : conditions) {
            if (existing.getType().equals(condition.getType())) {
                boolean turned = !existing.getStatus().equals(condition.getStatus());
                existing.setStatus(condition.getStatus()).setReason(condition.getReason())
                        .setMessage(condition.getMessage());
                if (turned) {
                    existing.setLastTransitionTime(Times.time(now));
                }
                return builder.build();
            }
        }
        builder.getStatusBuilder().addConditions(condition.toBuilder().setLastTransitionTime(Times.time(now)));
        return builder.build();
    }
}
