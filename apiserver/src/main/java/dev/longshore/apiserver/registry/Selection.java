package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.values.FieldSelectors;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.apiserver.resources.ResourceStrategy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which objects of a resource a list or watch wants: label and field selectors, parsed and checked once. */
final class Selection<T extends Message> {
    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";
    private static final Map<String, String> ALIASES = Map.of("spec.host", "spec.nodeName");

    private final ResourceStrategy<T> strategy;
    private final LabelSelectors.Selector labels;
    private final List<FieldSelectors.Term> fields;

    private Selection(ResourceStrategy<T> strategy, LabelSelectors.Selector labels, List<FieldSelectors.Term> fields) {
        this.strategy = strategy;
        this.labels = labels;
        this.fields = fields;
    }

    /** Fails with BAD_REQUEST for selectors that cannot be understood or name fields that are not selectable. */
    static <T extends Message> Selection<T> parse(ResourceStrategy<T> strategy, String labelSelector,
            String fieldSelector) {
        try {
            List<FieldSelectors.Term> fields = FieldSelectors.parse(fieldSelector).terms().stream()
                    .map(Selection::renamed).toList();
            Set<String> known = fieldsOf(strategy);
            for (FieldSelectors.Term term : fields) {
                if (!known.contains(term.field())) {
                    throw ApiException.badRequest("Unable to find \"" + strategy.type().apiVersion() + ", Resource="
                            + strategy.type().plural() + "\" that match label selector \"" + labelSelector
                            + "\", field selector \"" + fieldSelector + "\": field label not supported: "
                            + term.field());
                }
            }
            return new Selection<>(strategy, LabelSelectors.parse(labelSelector), fields);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.badRequest(unreadable.getMessage());
        }
    }

    private static FieldSelectors.Term renamed(FieldSelectors.Term term) {
        return new FieldSelectors.Term(ALIASES.getOrDefault(term.field(), term.field()), term.negated(), term.value());
    }

    boolean everything() {
        return labels.isEverything() && fields.isEmpty();
    }

    boolean matches(T object) {
        return labels.matches(strategy.type().meta(object).getLabelsMap()) && fieldsMatch(object);
    }

    /** The only object that can match, when the selector names one. */
    Optional<ObjectKey> single(String namespace) {
        boolean complete = !namespace.isEmpty() || !strategy.type().namespaced();
        return !complete
                ? Optional.empty()
                : fields.stream().filter(term -> !term.negated() && term.field().equals(NAME)
                        && !term.value().isEmpty()).findFirst().map(term -> new ObjectKey(namespace, term.value()));
    }

    private boolean fieldsMatch(T object) {
        for (FieldSelectors.Term term : fields) {
            if (valueOf(object, term.field()).equals(term.value()) == term.negated()) {
                return false;
            }
        }
        return true;
    }

    private String valueOf(T object, String field) {
        return switch (field) {
            case NAME -> strategy.type().meta(object).getName();
            case NAMESPACE -> strategy.type().meta(object).getNamespace();
            default -> strategy.selectableField(object, field);
        };
    }

    /** The fields that can be selected by, of the empty object. */
    private static <T extends Message> Set<String> fieldsOf(ResourceStrategy<T> strategy) {
        Set<String> fields = new HashSet<>(strategy.selectableFields(strategy.type().prototype()).keySet());
        fields.add(NAME);
        if (strategy.type().namespaced()) {
            fields.add(NAMESPACE);
        }
        return fields;
    }
}
