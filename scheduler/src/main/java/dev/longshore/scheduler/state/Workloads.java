package dev.longshore.scheduler.state;

import dev.longshore.api.values.LabelRequirement;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.LabelSelectors.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What pods belong together when they do not say so themselves: those that one Service selects, those of one
 * ReplicaSet, StatefulSet or ReplicationController (Kubernetes scheduler 1.32, default topology spread constraints).
 */
public final class Workloads {
    private final Map<String, SortedMap<String, SortedMap<String, String>>> services = new HashMap<>();
    private final Map<OwnerRef, Selector> owners = new HashMap<>();

    /** True when that is news. An empty selector selects nothing. */
    boolean put(ClusterObject.ServiceFacts service) {
        var inNamespace = services.computeIfAbsent(service.namespace(), _ -> new TreeMap<>());
        return !service.selector().equals(inNamespace.put(service.name(), service.selector()));
    }

    boolean remove(ClusterObject.ServiceFacts service) {
        var inNamespace = services.get(service.namespace());
        return inNamespace != null && inNamespace.remove(service.name()) != null;
    }

    boolean put(ClusterObject.OwnerFacts owner) {
        return !owner.selector().equals(owners.put(owner.owner(), owner.selector()));
    }

    boolean remove(ClusterObject.OwnerFacts owner) {
        return owners.remove(owner.owner()) != null;
    }

    /** What the pods that belong to this one have in common; empty: it belongs to no known workload. */
    public Optional<Selector> selectorOf(PodTraits pod, Optional<OwnerRef> owner) {
        List<LabelRequirement> requirements = new ArrayList<>();
        services.getOrDefault(pod.namespace(), new TreeMap<>()).values().stream().filter(labels -> !labels.isEmpty())
                .map(LabelSelectors::of).filter(selector -> selector.matches(pod.labels()))
                .forEach(selector -> requirements.addAll(selector.requirements()));
        owner.map(owners::get).ifPresent(selector -> requirements.addAll(selector.requirements()));
        return requirements.isEmpty() ? Optional.empty() : Optional.of(new Selector(requirements));
    }
}
