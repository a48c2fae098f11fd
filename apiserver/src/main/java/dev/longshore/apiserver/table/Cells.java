package dev.longshore.apiserver.table;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Cells that several kinds share. */
final class Cells {
    static final String NONE = "<none>";

    private Cells() {
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    static String orUnknown(String text) {
        return text.isEmpty() ? Ages.UNKNOWN : text;
    }

    static String joined(Collection<String> parts) {
        return orNone(String.join(",", parts));
    }

    static String labels(Map<String, String> labels) {
        return joined(new TreeMap<>(labels).entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .toList());
    }

    static String selector(LabelSelector selector) {
        List<String> terms = new ArrayList<>();
        new TreeMap<>(selector.getMatchLabelsMap()).forEach((key, value) -> terms.add(key + "=" + value));
        selector.getMatchExpressionsList().forEach(term -> terms.add(text(term)));
        return joined(terms);
    }

    private static String text(LabelSelectorRequirement term) {
        String values = term.getValuesList().stream().sorted().collect(Collectors.joining(",", " (", ")"));
        return switch (term.getOperator()) {
            case "In" -> term.getKey() + " in" + values;
            case "NotIn" -> term.getKey() + " notin" + values;
            case "DoesNotExist" -> "!" + term.getKey();
            default -> term.getKey();
        };
    }

    static String containers(PodTemplateSpec template) {
        return template.getSpec().getContainersList().stream().map(Container::getName)
                .collect(Collectors.joining(","));
    }

    static String images(PodTemplateSpec template) {
        return template.getSpec().getContainersList().stream().map(Container::getImage)
                .collect(Collectors.joining(","));
    }
}
