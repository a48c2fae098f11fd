package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Says what evicting pods of lower priority would bring (Kubernetes scheduler 1.32, texts of preemption). It evicts
 * nothing: pods wait for room that others leave.
 */
final class PreemptionOutlook {
    private static final String NEVER = "not eligible due to preemptionPolicy=Never.";
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    private final ClusterState state;
    private final Evaluator evaluator;

    PreemptionOutlook(ClusterState state, Evaluator evaluator) {
        this.state = state;
        this.evaluator = evaluator;
    }

    /** The text behind {@code preemption:}; "" when there is a node where it would make room. */
    String of(PodInfo pod, SortedMap<String, Verdict> verdicts) {
        if (!pod.mayPreempt()) {
            return NEVER;
        }
        List<List<String>> reasons = new ArrayList<>();
        for (var verdict : verdicts.entrySet()) {
            List<String> remaining = remaining(pod, verdict.getKey(), verdict.getValue());
            if (remaining.isEmpty()) {
                return "";
            }
            reasons.add(remaining);
        }
        return FitMessage.perNode(reasons);
    }

    private List<String> remaining(PodInfo pod, String node, Verdict verdict) {
        if (!verdict.resolvable()) {
            return List.of(NOT_HELPFUL);
        }
        List<PodInfo> lower = state.podsOf(node).stream().map(ClusterState.PlacedPod::pod)
                .filter(placed -> placed.priority() < pod.priority()).toList();
        if (lower.isEmpty()) {
            return List.of(NO_VICTIMS);
        }
        int slot = state.slot(node);
        List<String> remaining = new ArrayList<>();
        state.without(slot, lower, () -> {
            Optional<Verdict> then = evaluator.filter(pod.requirements(), slot);
            then.ifPresent(still -> remaining.addAll(still.reasons()));
        });
        return remaining;
    }
}
