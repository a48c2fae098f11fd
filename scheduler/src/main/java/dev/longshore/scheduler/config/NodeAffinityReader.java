package dev.longshore.scheduler.config;

import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.api.core.v1.NodeSelector;
import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PreferredSchedulingTerm;
import dev.longshore.api.values.Names;
import java.util.List;
import java.util.function.BiFunction;

/** Reads a node affinity of Kubernetes' API (core/v1 NodeAffinity) and refuses what could match no node. */
final class NodeAffinityReader {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String VALUES = "values";
    private static final int MAX_WEIGHT = 100;

    private NodeAffinityReader() {
    }

    static NodeAffinity read(Field field) {
        Section section = field.section(REQUIRED, PREFERRED);
        NodeAffinity.Builder affinity = NodeAffinity.newBuilder();
        section.field(REQUIRED).ifPresent(
                required -> affinity.setRequiredDuringSchedulingIgnoredDuringExecution(required(required)));
        for (Field item : section.items(PREFERRED)) {
            Section preferred = item.section("weight", "preference");
            affinity.addPreferredDuringSchedulingIgnoredDuringExecution(PreferredSchedulingTerm.newBuilder()
                    .setWeight(preferred.required("weight").integer(1, MAX_WEIGHT))
                    .setPreference(term(preferred.required("preference"))));
        }
        return affinity.build();
    }

    private static NodeSelector required(Field field) {
        Section section = field.section("nodeSelectorTerms");
        NodeSelector.Builder selector = NodeSelector.newBuilder();
        section.items("nodeSelectorTerms").forEach(item -> selector.addNodeSelectorTerms(term(item)));
        if (selector.getNodeSelectorTermsCount() == 0) {
            throw section.wrong("nodeSelectorTerms", "must have a term at least");
        }
        return selector.build();
    }

    private static NodeSelectorTerm term(Field field) {
        Section section = field.section("matchExpressions", "matchFields");
        NodeSelectorTerm.Builder term = NodeSelectorTerm.newBuilder();
        section.items("matchExpressions")
                .forEach(item -> term.addMatchExpressions(requirement(item, NodeAffinityReader::checkLabel)));
        section.items("matchFields")
                .forEach(item -> term.addMatchFields(requirement(item, NodeAffinityReader::checkField)));
        return term.build();
    }

    private static NodeSelectorRequirement requirement(Field item,
            BiFunction<Section, List<String>, String> checkedOperator) {
        Section section = item.section("key", "operator", VALUES);
        List<String> values = section.items(VALUES).stream().map(NodeAffinityReader::value).toList();
        return NodeSelectorRequirement.newBuilder().setKey(section.required("key").text())
                .setOperator(checkedOperator.apply(section, values)).addAllValues(values).build();
    }

    /** Values of labels may be empty. */
    private static String value(Field field) {
        return field.tree().equals(new Tree.Text("")) ? "" : field.text();
    }

    private static String checkLabel(Section section, List<String> values) {
        Values.qualifiedName(section.required("key"));
        String operator = section.required("operator").oneOf("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt");
        switch (operator) {
            case "In", "NotIn" -> {
                ensure(section, !values.isEmpty(), "must have a value at least for operator " + operator);
                values.forEach(value -> ensure(section, Names.labelValue(value).isEmpty(),
                        "\"" + value + "\" can be the value of no label"));
            }
            case "Gt", "Lt" -> ensure(section, values.size() == 1 && isInteger(values.getFirst()),
                    "must have one value, a whole number, for operator " + operator);
            default -> ensure(section, values.isEmpty(), "must be absent for operator " + operator);
        }
        return operator;
    }

    private static String checkField(Section section, List<String> values) {
        section.required("key").oneOf("metadata.name");
        String operator = section.required("operator").oneOf("In", "NotIn");
        ensure(section, values.size() == 1, "must have one value for a field");
        return operator;
    }

    private static boolean isInteger(String value) {
        try {
            Long.parseLong(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void ensure(Section section, boolean right, String problem) {
        if (!right) {
            throw section.wrong(VALUES, problem);
        }
    }
}
