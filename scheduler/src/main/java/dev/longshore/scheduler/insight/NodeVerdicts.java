package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.explain.Verdict;
import java.util.List;

/**
 * What the rules say about one node.
 *
 * @param verdicts of every rule that refuses it, in the order in which rules are asked; empty: the pod fits
 * @param room     what the pod asks of the node's resources where there is not enough: {@code cpu: 2 wanted, 500m free}
 */
public record NodeVerdicts(String node, List<Verdict> verdicts, List<String> room) {
    public NodeVerdicts {
        verdicts = List.copyOf(verdicts);
        room = List.copyOf(room);
    }
}
