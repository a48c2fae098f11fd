package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Says what evicting pods of lower priority would bring (Kubernetes scheduler 1.32, texts of preemption). It evicts
 * nothing: pods wait for room that others leave.
 */
final class PreemptionOutlook {
    private static final String NEVER = "not eligible due to preemptionPolicy=Never.";
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    private final ClusterState state;

    PreemptionOutlook(ClusterState state) {
        this.state = state;
    }

    /** The text behind {@code preemption:} when no node can take the pod whatever leaves it. */
    String withoutHelp(PodInfo pod) {
        return pod.mayPreempt()
                ? FitMessage.perNode(Collections.nCopies(state.nodes(), List.of(NOT_HELPFUL)))
                : NEVER;
    }

    /** The text behind {@code preemption:}; "" when there is a node where it would make room. */
    String of(PodInfo pod, Evaluation evaluation, Rejections rejections) {
        if (!pod.mayPreempt()) {
            return NEVER;
        }
        List<List<String>> reasons = new ArrayList<>();
        BitSet present = state.present();
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            List<String> remaining = remaining(pod, slot, evaluation, rejections.of(slot).orElseThrow());
            if (remaining.isEmpty()) {
                return "";
            }
            reasons.add(remaining);
        }
        return FitMessage.perNode(reasons);
    }

    private List<String> remaining(PodInfo pod, int slot, Evaluation evaluation, Verdict verdict) {
        if (!verdict.resolvable()) {
            return List.of(NOT_HELPFUL);
        }
        List<PodInfo> lower = state.podsOf(state.facts(slot).name()).stream().map(PlacedPod::pod)
                .filter(placed -> placed.priority() < pod.priority()).toList();
        if (lower.isEmpty()) {
            return List.of(NO_VICTIMS);
        }
        try (Trial trial = new Trial(evaluation, state, slot)) {
            lower.forEach(trial::remove);
            return trial.verdict().map(Verdict::reasons).orElse(List.of());
        }
    }
}
