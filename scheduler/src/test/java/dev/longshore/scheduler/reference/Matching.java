package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.NodeSelector;
import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;

/** What selects what: labels, nodes, taints. */
final class Matching {
    private Matching() {
    }

    /** All labels and expressions must hold. */
    static boolean selects(LabelSelector selector, Map<String, String> labels) {
        for (Map.Entry<String, String> label : selector.getMatchLabelsMap().entrySet()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (LabelSelectorRequirement expression : selector.getMatchExpressionsList()) {
            if (!holds(expression.getOperator(), expression.getKey(), expression.getValuesList(), labels)) {
                return false;
            }
        }
        return true;
    }

    static boolean isEmpty(LabelSelector selector) {
        return selector.getMatchLabelsCount() == 0 && selector.getMatchExpressionsCount() == 0;
    }

    private static boolean holds(String operator, String key, List<String> values, Map<String, String> labels) {
        return switch (operator) {
            case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            case "Gt" -> isNumber(labels.get(key))
                    && Long.parseLong(labels.get(key)) > Long.parseLong(values.getFirst());
            case "Lt" -> isNumber(labels.get(key))
                    && Long.parseLong(labels.get(key)) < Long.parseLong(values.getFirst());
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean isNumber(String text) {
        return text != null && !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    /** Whether the pod's node selector and required node affinity allow the node. */
    static boolean wantsNode(PodSpec pod, PlainNode node) {
        for (Map.Entry<String, String> label : pod.getNodeSelectorMap().entrySet()) {
            if (!label.getValue().equals(node.labels().get(label.getKey()))) {
                return false;
            }
        }
        if (!pod.getAffinity().getNodeAffinity().hasRequiredDuringSchedulingIgnoredDuringExecution()) {
            return true;
        }
        NodeSelector required = pod.getAffinity().getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution();
        return required.getNodeSelectorTermsList().stream().anyMatch(term -> matches(term, node));
    }

    /** An empty term matches nothing. */
    static boolean matches(NodeSelectorTerm term, PlainNode node) {
        if (term.getMatchExpressionsCount() == 0 && term.getMatchFieldsCount() == 0) {
            return false;
        }
        for (NodeSelectorRequirement expression : term.getMatchExpressionsList()) {
            if (!holds(expression.getOperator(), expression.getKey(), expression.getValuesList(), node.labels())) {
                return false;
            }
        }
        for (NodeSelectorRequirement field : term.getMatchFieldsList()) {
            if (!holds(field.getOperator(), field.getKey(), field.getValuesList(),
                    Map.of("metadata.name", node.name()))) {
                return false;
            }
        }
        return true;
    }

    static boolean tolerates(PodSpec pod, Taint taint) {
        return pod.getTolerationsList().stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect = toleration.getEffect().isEmpty() || toleration.getEffect().equals(taint.getEffect());
        boolean key = toleration.getKey().isEmpty() || toleration.getKey().equals(taint.getKey());
        boolean value = toleration.getOperator().equals("Exists") || toleration.getValue().equals(taint.getValue());
        return effect && key && value;
    }

    /** Whether the taint keeps pods away. */
    static boolean isHard(Taint taint) {
        return taint.getEffect().equals("NoSchedule") || taint.getEffect().equals("NoExecute");
    }
}
