package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Affinity;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;

/**
 * Writes into the selectors of a new pod's affinity what its {@code matchLabelKeys} and {@code mismatchLabelKeys} stand
 * for, so that everyone who reads the pod sees one selector (Kubernetes API 1.32). Keys that the pod has no label of do
 * not count, and neither do those of a term without a selector.
 */
final class AffinityKeys {
    private AffinityKeys() {
    }

    static Pod merge(Pod pod) {
        if (!pod.getSpec().hasAffinity()) {
            return pod;
        }
        Map<String, String> labels = pod.getMetadata().getLabelsMap();
        Pod.Builder merged = pod.toBuilder();
        Affinity.Builder affinity = merged.getSpecBuilder().getAffinityBuilder();
        if (affinity.hasPodAffinity()) {
            var near = affinity.getPodAffinityBuilder();
            near.getRequiredDuringSchedulingIgnoredDuringExecutionBuilderList().forEach(term -> merge(term, labels));
            mergePreferred(near.getPreferredDuringSchedulingIgnoredDuringExecutionBuilderList(), labels);
        }
        if (affinity.hasPodAntiAffinity()) {
            var far = affinity.getPodAntiAffinityBuilder();
            far.getRequiredDuringSchedulingIgnoredDuringExecutionBuilderList().forEach(term -> merge(term, labels));
            mergePreferred(far.getPreferredDuringSchedulingIgnoredDuringExecutionBuilderList(), labels);
        }
        return merged.build();
    }

    private static void mergePreferred(List<WeightedPodAffinityTerm.Builder> terms, Map<String, String> labels) {
        terms.stream().filter(WeightedPodAffinityTerm.Builder::hasPodAffinityTerm)
                .forEach(term -> merge(term.getPodAffinityTermBuilder(), labels));
    }

    private static void merge(PodAffinityTerm.Builder term, Map<String, String> labels) {
        if (term.hasLabelSelector()) {
            LabelSelector.Builder selector = term.getLabelSelectorBuilder();
            term.getMatchLabelKeysList().forEach(key -> require(key, "In", labels, selector));
            term.getMismatchLabelKeysList().forEach(key -> require(key, "NotIn", labels, selector));
        }
    }

    private static void require(String key, String operator, Map<String, String> labels,
            LabelSelector.Builder selector) {
        if (labels.containsKey(key)) {
            selector.addMatchExpressions(LabelSelectorRequirement.newBuilder().setKey(key).setOperator(operator)
                    .addValues(labels.get(key)));
        }
    }
}
