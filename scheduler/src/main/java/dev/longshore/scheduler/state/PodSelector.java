package dev.longshore.scheduler.state;

import dev.longshore.api.values.LabelSelectors.Selector;
import java.util.Map;
import java.util.Set;

/**
 * Which pods a rule counts.
 *
 * @param namespaces the pods of these namespaces, and
 * @param byLabels   of the namespaces with such labels; {@link Selector#NOTHING} for no others
 * @param pods       among them those with such labels
 */
public record PodSelector(Set<String> namespaces, Selector byLabels, Selector pods) {
    public PodSelector {
        namespaces = Set.copyOf(namespaces);
    }

    /** Pods of one namespace. */
    public static PodSelector in(String namespace, Selector pods) {
        return new PodSelector(Set.of(namespace), Selector.NOTHING, pods);
    }

    /** @param namespaceLabels the labels of the namespace that the traits name */
    public boolean matches(PodTraits traits, Map<String, String> namespaceLabels) {
        return pods.matches(traits.labels())
                && (namespaces.contains(traits.namespace()) || byLabels.matches(namespaceLabels));
    }
}
