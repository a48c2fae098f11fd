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
        SortedMap<String, long[]> byRule = evaluation.weighted(fit);
        for (int slot = fit.nextSetBit(0); slot >= 0; slot = fit.nextSetBit(slot + 1)) {
            SortedMap<String, Long> ofNode = new TreeMap<>();
            for (var rule : byRule.entrySet()) {
                ofNode.put(rule.getKey(), rule.getValue()[slot]);
            }
            scores.put(state.facts(slot).name(), ofNode);
        }
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        BitSet present = state.present();
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            String node = state.facts(slot).name();
            rejections.of(slot).ifPresent(verdict -> verdicts.put(node, verdict));
        }
        return new Explanation(scores, verdicts);
    }
}
