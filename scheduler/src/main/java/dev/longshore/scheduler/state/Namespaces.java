package dev.longshore.scheduler.state;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of namespaces. */
public final class Namespaces {
    /** The label that every namespace has (Kubernetes API). */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Map<String, SortedMap<String, String>> labels = new HashMap<>();

    /** True when that is news. */
    boolean put(ClusterObject.NamespaceFacts namespace) {
        return !namespace.labels().equals(labels.put(namespace.name(), namespace.labels()));
    }

    boolean remove(ClusterObject.NamespaceFacts namespace) {
        return labels.remove(namespace.name()) != null;
    }

    /** Those of one not heard of yet are what every namespace has. */
    public SortedMap<String, String> labels(String namespace) {
        SortedMap<String, String> known = labels.get(namespace);
        return known == null ? new TreeMap<>(Map.of(NAME_LABEL, namespace)) : known;
    }
}
