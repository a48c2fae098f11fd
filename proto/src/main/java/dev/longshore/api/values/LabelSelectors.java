package dev.longshore.api.values;

import dev.longshore.api.ApiException;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Label selectors, from the message and from text such as {@code app=web,tier in (a,b),!old}: requirements that must
 * all
 * hold (source: Kubernetes API, "Labels and Selectors").
 */
public final class LabelSelectors {
    /** Requirements of one selector; more is refused. */
    public static final int MAX_REQUIREMENTS = 1000;

    private LabelSelectors() {
    }

    /** Requirements that must all hold, ordered by key; none of them holds for everything. */
    public record Selector(List<LabelRequirement> requirements) {
        public static final Selector EVERYTHING = new Selector(List.of());
        public static final Selector NOTHING = new Selector(List.of(new LabelRequirement.Never()));

        public Selector {
            requirements = requirements.stream().sorted(Comparator.comparing(LabelRequirement::key)).toList();
        }

        public boolean isEverything() {
            return requirements.isEmpty();
        }

        public boolean matches(Map<String, String> labels) {
            for (LabelRequirement requirement : requirements) {
                if (!requirement.matches(labels)) {
                    return false;
                }
            }
            return true;
        }

        /** The text that {@link LabelSelectors#parse} reads; the same for selectors with the same requirements. */
        @Override
        public String toString() {
            return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
        }
    }

    /** Each label must have its value. Keys and values are taken as they are. */
    public static Selector of(Map<String, String> labels) {
        return new Selector(labels.entrySet().stream()
                .<LabelRequirement>map(label -> new LabelRequirement.Equal(label.getKey(), label.getValue())).toList());
    }

    /**
     * The selector that a message describes; an empty one selects everything. Where an absent selector means nothing,
     * the
     * caller uses {@link Selector#NOTHING}. Fails with ApiException, reason BadRequest.
     */
    public static Selector of(LabelSelector selector) {
        if (selector.getMatchLabelsCount() + selector.getMatchExpressionsCount() > MAX_REQUIREMENTS) {
            throw tooMany();
        }
        List<LabelRequirement> requirements = new ArrayList<>();
        selector.getMatchLabelsMap()
                .forEach((key, value) -> requirements.add(checked(new LabelRequirement.Equal(key, value))));
        for (LabelSelectorRequirement expression : selector.getMatchExpressionsList()) {
            requirements.add(checked(requirement(expression)));
        }
        return new Selector(requirements);
    }

    private static LabelRequirement requirement(LabelSelectorRequirement expression) {
        String key = expression.getKey();
        List<String> values = expression.getValuesList();
        return switch (expression.getOperator()) {
            case "In" -> new LabelRequirement.In(key, values);
            case "NotIn" -> new LabelRequirement.NotIn(key, values);
            case "Exists" -> withoutValues(new LabelRequirement.Exists(key), values);
            case "DoesNotExist" -> withoutValues(new LabelRequirement.Missing(key), values);
            default -> throw ApiException.badRequest("\"" + expression.getOperator()
                    + "\" is not a valid label selector operator");
        };
    }

    private static LabelRequirement withoutValues(LabelRequirement requirement, List<String> values) {
        if (!values.isEmpty()) {
            throw ApiException.badRequest("values: must be empty where a label selector asks only for the key \""
                    + requirement.key() + "\"");
        }
        return requirement;
    }

    /** Reads a selector's text; "" selects everything. Fails with ApiException, reason BadRequest. */
    public static Selector parse(String text) {
        List<LabelRequirement> requirements = new LabelSelectorParser(text).parse();
        if (requirements.size() > MAX_REQUIREMENTS) {
            throw tooMany();
        }
        requirements.forEach(LabelSelectors::checked);
        return new Selector(requirements);
    }

    private static LabelRequirement checked(LabelRequirement requirement) {
        for (String problem : Names.labelKey(requirement.key())) {
            throw ApiException.badRequest("invalid label key \"" + requirement.key() + "\": " + problem);
        }
        for (String value : requirement.values()) {
            for (String problem : Names.labelValue(value)) {
                throw ApiException.badRequest("invalid label value \"" + value + "\" for key \"" + requirement.key()
                        + "\": " + problem);
            }
        }
        boolean set = requirement instanceof LabelRequirement.In || requirement instanceof LabelRequirement.NotIn;
        if (set && requirement.values().isEmpty()) {
            throw ApiException.badRequest("values: at least one is needed for the key \"" + requirement.key() + "\"");
        }
        return requirement;
    }

    private static ApiException tooMany() {
        return ApiException.badRequest("a label selector has at most " + MAX_REQUIREMENTS + " requirements");
    }
}
