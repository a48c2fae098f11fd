package dev.longshore.scheduler.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What other pods' rules ask about a pod. Pods with equal traits count alike. */
public record PodTraits(String namespace, SortedMap<String, String> labels, PodTerms terms) {
    public PodTraits {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
