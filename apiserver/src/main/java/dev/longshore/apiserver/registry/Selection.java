package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.resources.ResourceStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a resource a list or watch wants: label and field selectors, parsed and checked once.
 */
final class Selection<T extends Message> {
    /** Terms of one selector. */
    private static final int MAX_TERMS = 100;

    private static final Map<String, String> ALIASES = Map.of("spec.host", "spec.nodeName");

    private final ResourceStrategy<T> strategy;
    private final LabelTerms labels;
    private final List<FieldTerm> fields;

    private record FieldTerm(String path, String value, boolean equal) {
    }

    private Selection(ResourceStrategy<T> strategy, LabelTerms labels, List<FieldTerm> fields) {
        this.strategy = strategy;
        this.labels = labels;
        this.fields = fields;
    }

    /** Fails with BAD_REQUEST for selectors that cannot be understood or name fields that are not selectable. */
    static <T extends Message> Selection<T> parse(ResourceStrategy<T> strategy, String labelSelector,
            String fieldSelector) {
        List<FieldTerm> fields = parseFields(fieldSelector);
        Map<String, String> known = valuesOf(strategy, strategy.type().prototype());
        for (FieldTerm term : fields) {
            if (!known.containsKey(term.path())) {
                throw ApiException.badRequest("Unable to find \"" + strategy.type().apiVersion() + ", Resource="
                        + strategy.type().plural() + "\" that match label selector \"" + labelSelector
                        + "\", field selector \"" + fieldSelector + "\": field label not supported: " + term.path());
            }
        }
        return new Selection<>(strategy, LabelTerms.parse(labelSelector), fields);
    }

    boolean everything() {
        return labels.isEmpty() && fields.isEmpty();
    }

    boolean matches(T object) {
        return labels.matches(strategy.type().meta(object).getLabelsMap()) && fieldsMatch(object);
    }

    /** The only object that can match, when the selector names one. */
    Optional<ObjectKey> single(String namespace) {
        boolean complete = !namespace.isEmpty() || !strategy.type().namespaced();
        return !complete ? Optional.empty()
                : fields.stream().filter(term -> term.equal() && term.path().equals("metadata.name")).findFirst()
                        .map(term -> new ObjectKey(namespace, term.value()));
    }

    private boolean fieldsMatch(T object) {
        if (fields.isEmpty()) {
            return true;
        }
        Map<String, String> values = valuesOf(strategy, object);
        return fields.stream().allMatch(
                term -> values.getOrDefault(term.path(), "").equals(term.value()) == term.equal());
    }

    private static <T extends Message> Map<String, String> valuesOf(ResourceStrategy<T> strategy, T object) {
        ResourceType<T> type = strategy.type();
        ObjectMeta meta = type.meta(object);
        Map<String, String> values = new HashMap<>(strategy.selectableFields(object));
        values.put("metadata.name", meta.getName());
        if (type.namespaced()) {
            values.put("metadata.namespace", meta.getNamespace());
        }
        return values;
    }

    private static List<FieldTerm> parseFields(String selector) {
        List<FieldTerm> terms = new ArrayList<>();
        for (String text : split(selector)) {
            if (!text.isEmpty()) {
                terms.add(term(text));
            }
        }
        if (terms.size() > MAX_TERMS) {
            throw ApiException.badRequest("the field selector has more than " + MAX_TERMS + " terms");
        }
        return terms;
    }

    private static FieldTerm term(String text) {
        for (String operator : List.of("!=", "==", "=")) {
            int at = text.indexOf(operator);
            if (at > 0) {
                String path = text.substring(0, at);
                return new FieldTerm(ALIASES.getOrDefault(path, path), unescape(text.substring(at + operator.length())),
                        !operator.equals("!="));
            }
        }
        throw ApiException.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
    }

    /** At commas that no backslash precedes. */
    private static List<String> split(String selector) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            if (selector.charAt(i) == '\\') {
                i++;
            } else if (selector.charAt(i) == ',') {
                parts.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(selector.substring(start));
        return parts;
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && i + 1 < value.length()) {
                i++;
            }
            text.append(value.charAt(i));
        }
        return text.toString();
    }
}
