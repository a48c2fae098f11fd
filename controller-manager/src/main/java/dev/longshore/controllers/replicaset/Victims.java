package dev.longshore.controllers.replicaset;

import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.controllers.objects.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which pods a ReplicaSet gives up first: the ones that cost least. The order is that of Kubernetes'
 * {@code ActivePodsWithRanks}: unassigned; Pending before Unknown before Running; not ready; lower deletion cost;
 * more pods of the set on the same node; ready for less time; more restarts; newer. Names decide what is left, so
 * that the same pods always give the same order.
 */
final class Victims {
    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private Victims() {
    }

    /** The pods in the order in which they are given up. */
    static List<Pod> ranked(List<Pod> pods) {
        Map<String, Long> perNode = pods.stream()
                .collect(Collectors.groupingBy(pod -> pod.getSpec().getNodeName(), Collectors.counting()));
        Comparator<Pod> order = Comparator
                .comparing((Pod pod) -> !pod.getSpec().getNodeName().isEmpty())
                .thenComparing(Victims::phaseRank)
                .thenComparing(Pods::ready)
                .thenComparing(Victims::deletionCost)
                .thenComparing(pod -> -perNode.get(pod.getSpec().getNodeName()))
                .thenComparing(pod -> Pods.readySince(pod).orElse(Instant.EPOCH), Comparator.reverseOrder())
                .thenComparing(pod -> -restarts(pod))
                .thenComparing(pod -> pod.getMetadata().getCreationTimestamp().getSeconds(),
                        Comparator.reverseOrder())
                .thenComparing(pod -> pod.getMetadata().getName());
        return pods.stream().sorted(order).toList();
    }

    private static int phaseRank(Pod pod) {
        return switch (pod.getStatus().getPhase()) {
            case "", "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    /** 0 for a pod without the annotation, or with text that is no number. */
    private static int deletionCost(Pod pod) {
        String text = pod.getMetadata().getAnnotationsMap().getOrDefault(DELETION_COST, "0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatusesList().stream().mapToInt(ContainerStatus::getRestartCount).max()
                .orElse(0);
    }
}
