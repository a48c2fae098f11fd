package dev.longshore.scheduler.reference;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What the rules say of one pod.
 *
 * @param scores   by feasible node, then by rule: the weighted, normalised score; rules with nothing to say are absent
 * @param refusals by node that is not feasible
 */
public record Answer(SortedMap<String, SortedMap<String, Long>> scores, SortedMap<String, Refusal> refusals) {
    /** The feasible nodes with the highest total. */
    public Set<String> best() {
        long highest = scores.keySet().stream().mapToLong(this::total).max().orElse(0);
        Set<String> best = new TreeSet<>(scores.keySet());
        best.removeIf(node -> total(node) < highest);
        return best;
    }

    private long total(String node) {
        return scores.get(node).values().stream().mapToLong(Long::longValue).sum();
    }
}
