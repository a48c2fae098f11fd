package dev.longshore.scheduler.explain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The text of condition PodScheduled=False and of event FailedScheduling (Kubernetes scheduler 1.32, FitError): reasons
 * counted over nodes, the parts sorted as text.
 */
public final class FitMessage {
    private static final String NO_NODES = "no nodes available to schedule pods";

    private FitMessage() {
    }

    public static String of(Diagnosis diagnosis) {
        int nodes = diagnosis.verdicts().size();
        if (nodes == 0) {
            return NO_NODES;
        }
        String text = available(nodes) + diagnosis.refused().map(verdict -> verdict.reasons().getFirst() + ".")
                .orElseGet(() -> counted(diagnosis.verdicts().values().stream().map(Verdict::reasons).toList()));
        return diagnosis.preemption().isEmpty() ? text : text + " preemption: " + diagnosis.preemption();
    }

    /** {@code 0/3 nodes are available: } followed by the counted reasons of each node. */
    public static String perNode(Collection<List<String>> reasonsOfNodes) {
        return available(reasonsOfNodes.size()) + counted(reasonsOfNodes);
    }

    private static String available(int nodes) {
        return "0/" + nodes + " nodes are available: ";
    }

    private static String counted(Collection<List<String>> reasonsOfNodes) {
        Map<String, Integer> counts = new TreeMap<>();
        reasonsOfNodes.forEach(reasons -> reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        Stream<String> parts = counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey())
                .sorted();
        return String.join(", ", parts.toList()) + ".";
    }
}
