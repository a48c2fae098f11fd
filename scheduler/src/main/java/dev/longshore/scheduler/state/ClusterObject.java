package dev.longshore.scheduler.state;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.scheduler.volumes.StorageFacts;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An object that is neither node nor pod, as far as rules ask about it. */
public sealed interface ClusterObject {
    /** The labels by which terms of pod affinity select namespaces. */
    record NamespaceFacts(String name, SortedMap<String, String> labels) implements ClusterObject {}

    /** Which pods a Service selects. */
    record ServiceFacts(String namespace, String name, SortedMap<String, String> selector) implements ClusterObject {}

    /** Which pods a controller selects. */
    record OwnerFacts(OwnerRef owner, Selector selector) implements ClusterObject {}

    /** A claim, a volume, or what else there is about storage. */
    record StorageObject(StorageFacts facts) implements ClusterObject {}

    /**
     * How many of the pods that a PodDisruptionBudget selects may go.
     *
     * @param selector  nothing where the budget has none, or an empty one: neither protects a pod from preemption
     * @param disrupted names of pods whose going the budget has counted already
     */
    record BudgetFacts(ObjectKey key, Selector selector, int allowed, Set<String> disrupted) implements ClusterObject {
        public BudgetFacts {
            disrupted = Set.copyOf(disrupted);
        }

        /** Whether going costs the budget; a pod without labels is protected by none (Kubernetes scheduler 1.32). */
        public boolean counts(PodInfo pod) {
            PodTraits traits = pod.requirements().traits();
            return !traits.labels().isEmpty() && key.namespace().equals(traits.namespace())
                    && !disrupted.contains(pod.key().name()) && selector.matches(traits.labels());
        }
    }

    static ClusterObject of(Namespace namespace) {
        return new NamespaceFacts(namespace.getMetadata().getName(),
                new TreeMap<>(namespace.getMetadata().getLabelsMap()));
    }

    static ClusterObject of(Service service) {
        return new ServiceFacts(service.getMetadata().getNamespace(), service.getMetadata().getName(),
                new TreeMap<>(service.getSpec().getSelectorMap()));
    }

    static ClusterObject of(ReplicaSet owner) {
        return owner("ReplicaSet", owner.getMetadata(), LabelSelectors.of(owner.getSpec().getSelector()));
    }

    static ClusterObject of(StatefulSet owner) {
        return owner("StatefulSet", owner.getMetadata(), LabelSelectors.of(owner.getSpec().getSelector()));
    }

    static ClusterObject of(ReplicationController owner) {
        return owner("ReplicationController", owner.getMetadata(),
                LabelSelectors.of(owner.getSpec().getSelectorMap()));
    }

    static ClusterObject of(PodDisruptionBudget budget) {
        Selector selector = budget.getSpec().hasSelector()
                ? LabelSelectors.of(budget.getSpec().getSelector())
                : Selector.NOTHING;
        return new BudgetFacts(
                new ObjectKey(budget.getMetadata().getNamespace(), budget.getMetadata().getName()),
                selector.isEverything() ? Selector.NOTHING : selector, budget.getStatus().getDisruptionsAllowed(),
                budget.getStatus().getDisruptedPodsMap().keySet());
    }

    private static ClusterObject owner(String kind, ObjectMeta meta, Selector selector) {
        return new OwnerFacts(new OwnerRef(kind, meta.getNamespace(), meta.getName()), selector);
    }
}
