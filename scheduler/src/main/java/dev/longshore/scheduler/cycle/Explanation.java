package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything the rules said about a pod.
 *
 * @param scores   by feasible node, then by rule: the weighted, normalised score
 * @param verdicts by node that is not feasible
 */
public record Explanation(SortedMap<String, SortedMap<String, Long>> scores, SortedMap<String, Verdict> verdicts) {
    static Explanation of(Evaluation evaluation, ClusterState state) {
        SortedMap<String, SortedMap<String, Long>> scores = new TreeMap<>();
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        for (int slot : state.byName()) {
            String node = state.facts(slot).name();
            evaluation.verdict(slot).ifPresentOrElse(verdict -> verdicts.put(node, verdict),
                    () -> scores.put(node, scores(evaluation, slot)));
        }
        return new Explanation(scores, verdicts);
    }

    private static SortedMap<String, Long> scores(Evaluation evaluation, int slot) {
        SortedMap<String, Long> byRule = new TreeMap<>();
        for (int i = 0; i < evaluation.scores().size(); i++) {
            byRule.put(evaluation.scores().get(i).name(), evaluation.weighted(i, slot));
        }
        return byRule;
    }
}
