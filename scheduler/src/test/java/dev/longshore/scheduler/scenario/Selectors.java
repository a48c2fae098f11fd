package dev.longshore.scheduler.scenario;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.List;

/**
 * Reads conditions joined by {@code &}: {@code app=web}, {@code app=web|db}, {@code app!=web}, {@code app},
 * {@code !app}, and of nodes {@code size>3}, {@code size<3}, {@code @=a} for the name. {@code *} is a selector
 * without conditions.
 */
final class Selectors {
    private Selectors() {
    }

    private record Condition(String key, String operator, List<String> values) {
        static Condition of(String text) {
            if (text.startsWith("!")) {
                return new Condition(Lines.key(text.substring(1)), "DoesNotExist", List.of());
            }
            for (var operator : List.of(List.of("!=", "NotIn"), List.of("=", "In"), List.of(">", "Gt"),
                    List.of("<", "Lt"))) {
                int at = text.indexOf(operator.get(0));
                if (at > 0) {
                    String values = text.substring(at + operator.get(0).length());
                    return new Condition(Lines.key(text.substring(0, at)), operator.get(1),
                            List.of(values.split("\\|", -1)));
                }
            }
            return new Condition(Lines.key(text), "Exists", List.of());
        }
    }

    static LabelSelector labels(String text) {
        LabelSelector.Builder selector = LabelSelector.newBuilder();
        for (Condition condition : conditions(text)) {
            if (condition.operator.equals("In") && condition.values.size() == 1) {
                selector.putMatchLabels(condition.key, condition.values.getFirst());
            } else {
                selector.addMatchExpressions(LabelSelectorRequirement.newBuilder().setKey(condition.key)
                        .setOperator(condition.operator).addAllValues(condition.values));
            }
        }
        return selector.build();
    }

    static NodeSelectorTerm nodes(String text) {
        NodeSelectorTerm.Builder term = NodeSelectorTerm.newBuilder();
        for (Condition condition : conditions(text)) {
            NodeSelectorRequirement.Builder requirement = NodeSelectorRequirement.newBuilder()
                    .setOperator(condition.operator).addAllValues(condition.values);
            if (condition.key.equals("@")) {
                term.addMatchFields(requirement.setKey("metadata.name"));
            } else {
                term.addMatchExpressions(requirement.setKey(condition.key));
            }
        }
        return term.build();
    }

    private static List<Condition> conditions(String text) {
        return text.equals("*") ? List.of() : List.of(text.split("&")).stream().map(Condition::of).toList();
    }
}
