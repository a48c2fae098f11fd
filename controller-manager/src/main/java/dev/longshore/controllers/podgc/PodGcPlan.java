package dev.longshore.controllers.podgc;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.controllers.objects.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which pods to remove, and why. Pure. Rules and limits: Kubernetes, pod garbage collector. */
final class PodGcPlan {
    /** A pod to remove. */
    sealed interface Removal {
        Pod pod();

        /** Its node is gone, so nobody can stop it properly. */
        record Orphan(Pod pod) implements Removal {}

        /** Deleted before it was ever on a node. */
        record Unscheduled(Pod pod) implements Removal {}

        /** Finished long ago, beyond the number that is kept. */
        record Finished(Pod pod) implements Removal {}
    }

    /**
     * What the plan is made of.
     *
     * @param goneNodes nodes that do not exist, confirmed and past their quarantine
     */
    record Snapshot(List<Pod> pods, Set<String> goneNodes, int finishedLimit) {}

    private PodGcPlan() {
    }

    static List<Removal> of(Snapshot snapshot) {
        List<Removal> removals = new ArrayList<>();
        for (Pod pod : snapshot.pods()) {
            if (snapshot.goneNodes().contains(pod.getSpec().getNodeName())) {
                removals.add(new Removal.Orphan(pod));
            } else if (pod.getSpec().getNodeName().isEmpty() && Pods.terminating(pod)) {
                removals.add(new Removal.Unscheduled(pod));
            }
        }
        List<Pod> finished = snapshot.pods().stream()
                .filter(pod -> Pods.finished(pod) && !Pods.terminating(pod)
                        && !snapshot.goneNodes().contains(pod.getSpec().getNodeName()))
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp().getSeconds())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
        finished.stream().limit(Math.max(0, finished.size() - snapshot.finishedLimit()))
                .forEach(pod -> removals.add(new Removal.Finished(pod)));
        return removals;
    }
}
