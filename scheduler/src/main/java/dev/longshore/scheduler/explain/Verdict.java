package dev.longshore.scheduler.explain;

import java.util.List;

/**
 * Why one rule refuses one node.
 *
 * @param rule       the rule's name, as Kubernetes calls it
 * @param reasons    one text for each thing that is wrong; never empty
 * @param resolvable whether removing other pods from the node could change the verdict
 */
public record Verdict(String rule, List<String> reasons, boolean resolvable) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** Pods that leave the node could make room. */
    public static Verdict resolvable(String rule, String reason) {
        return new Verdict(rule, List.of(reason), true);
    }

    /** No pod that leaves the node would help. */
    public static Verdict unresolvable(String rule, String reason) {
        return new Verdict(rule, List.of(reason), false);
    }
}
