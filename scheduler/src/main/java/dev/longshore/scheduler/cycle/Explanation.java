package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything the rules said about a pod.
 *
 * @param scores   by feasible node, then by rule: the weighted, normalised score
 * @param verdicts by node that is not feasible
 */
public record Explanation(SortedMap<String, SortedMap<String, Long>> scores, SortedMap<String, Verdict> verdicts) {
    static Explanation of(Evaluation evaluation, BitSet fit, Rejections rejections, ClusterState state) {
        SortedMap<String, SortedMap<String, Long>> scores = new TreeMap<>();
        fit.stream().forEach(slot -> scores.put(state.facts(slot).name(), new TreeMap<>()));
        evaluation.explain(fit, (rule, slot, score) -> scores.get(state.facts(slot).name()).put(rule, score));
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        BitSet present = state.present();
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            String node = state.facts(slot).name();
            rejections.of(slot).ifPresent(verdict -> verdicts.put(node, verdict));
        }
        return new Explanation(scores, verdicts);
    }
}
