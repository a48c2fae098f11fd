package dev.longshore.controllers.objects;

import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.Map;

/** Matches label selectors as objects carry them. */
public final class Selectors {
    private Selectors() {
    }

    /** An empty selector matches nothing here: no workload may own every pod of a namespace by omission. */
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        if (selector.getMatchLabelsCount() == 0 && selector.getMatchExpressionsCount() == 0) {
            return false;
        }
        return matches(selector.getMatchLabelsMap(), labels)
                && selector.getMatchExpressionsList().stream().allMatch(term -> matches(term, labels));
    }

    /** Whether every pair of {@code wanted} is a label. */
    public static boolean matches(Map<String, String> wanted, Map<String, String> labels) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    /** Operators of meta/v1 LabelSelectorRequirement; one that is unknown matches nothing. */
    private static boolean matches(LabelSelectorRequirement term, Map<String, String> labels) {
        boolean present = labels.containsKey(term.getKey());
        boolean listed = present && term.getValuesList().contains(labels.get(term.getKey()));
        return switch (term.getOperator()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> present;
            case "DoesNotExist" -> !present;
            default -> false;
        };
    }
}
