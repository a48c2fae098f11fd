package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.Affinity;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.values.LabelRequirement;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.LabelSelectors.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads from a pod what it wants of other pods. An absent label selector selects nothing, an empty one everything. */
final class PodTermsReader {
    private static final String IGNORE = "Ignore";
    private static final String HONOR = "Honor";

    private PodTermsReader() {
    }

    static PodTerms terms(Pod pod) {
        Affinity affinity = pod.getSpec().getAffinity();
        if (!affinity.hasPodAffinity() && !affinity.hasPodAntiAffinity()) {
            return PodTerms.NONE;
        }
        String namespace = pod.getMetadata().getNamespace();
        var with = affinity.getPodAffinity();
        var apart = affinity.getPodAntiAffinity();
        return new PodTerms(required(with.getRequiredDuringSchedulingIgnoredDuringExecutionList(), namespace),
                required(apart.getRequiredDuringSchedulingIgnoredDuringExecutionList(), namespace),
                preferred(with.getPreferredDuringSchedulingIgnoredDuringExecutionList(), namespace),
                preferred(apart.getPreferredDuringSchedulingIgnoredDuringExecutionList(), namespace));
    }

    static List<SpreadConstraint> constraints(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabelsMap();
        return pod.getSpec().getTopologySpreadConstraintsList().stream().map(spread -> constraint(spread, labels))
                .toList();
    }

    private static SpreadConstraint constraint(TopologySpreadConstraint spread, Map<String, String> labels) {
        return new SpreadConstraint(spread.getMaxSkew(), spread.getTopologyKey(),
                spread.getWhenUnsatisfiable().equals("DoNotSchedule"),
                withKeys(selector(spread.hasLabelSelector(), spread.getLabelSelector()), spread.getMatchLabelKeysList(),
                        labels),
                Math.max(1, spread.getMinDomains()), !spread.getNodeAffinityPolicy().equals(IGNORE),
                spread.getNodeTaintsPolicy().equals(HONOR));
    }

    /** The pods must also have this pod's values of the keys; keys that it has no label of do not count. */
    private static Selector withKeys(Selector selector, List<String> keys, Map<String, String> labels) {
        List<LabelRequirement> requirements = new ArrayList<>(selector.requirements());
        for (String key : keys) {
            if (labels.containsKey(key)) {
                requirements.add(new LabelRequirement.Equal(key, labels.get(key)));
            }
        }
        return new Selector(requirements);
    }

    private static List<PodTerm> required(List<PodAffinityTerm> terms, String namespace) {
        return terms.stream().map(term -> term(term, 0, namespace)).toList();
    }

    private static List<PodTerm> preferred(List<WeightedPodAffinityTerm> terms, String namespace) {
        return terms.stream().map(term -> term(term.getPodAffinityTerm(), term.getWeight(), namespace)).toList();
    }

    private static PodTerm term(PodAffinityTerm term, int weight, String namespace) {
        boolean own = term.getNamespacesCount() == 0 && !term.hasNamespaceSelector();
        return new PodTerm(term.getTopologyKey(),
                new PodSelector(own ? Set.of(namespace) : Set.copyOf(term.getNamespacesList()),
                        selector(term.hasNamespaceSelector(), term.getNamespaceSelector()),
                        selector(term.hasLabelSelector(), term.getLabelSelector())),
                weight);
    }

    private static Selector selector(boolean present, LabelSelector selector) {
        return present ? LabelSelectors.of(selector) : Selector.NOTHING;
    }
}
