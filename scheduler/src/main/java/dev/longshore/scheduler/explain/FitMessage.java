package dev.longshore.scheduler.explain;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
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
        if (diagnosis.nodes() == 0) {
            return NO_NODES;
        }
        String text = available(diagnosis.nodes())
                + diagnosis.refused().map(verdict -> verdict.reasons().getFirst() + ".")
                        .orElseGet(() -> listed(diagnosis.reasons()));
        return diagnosis.preemption().isEmpty() ? text : text + " preemption: " + diagnosis.preemption();
    }

    /** {@code 0/3 nodes are available: } followed by the counted reasons of each node. */
    public static String perNode(Collection<List<String>> reasonsOfNodes) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        reasonsOfNodes.forEach(reasons -> reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        return available(reasonsOfNodes.size()) + listed(counts);
    }

    private static String available(int nodes) {
        return "0/" + nodes + " nodes are available: ";
    }

    private static String listed(SortedMap<String, Integer> counts) {
        Stream<String> parts = counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey())
                .sorted();
        return String.join(", ", parts.toList()) + ".";
    }
}
