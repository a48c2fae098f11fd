package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Affinity;
import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.WeightedPodAffinityTerm;
import java.util.List;

/** What must hold for where a pod wants to run (source: Kubernetes API, core/v1 validation). */
final class AffinityRules {
    private static final int MAX_WEIGHT = 100;
    private static final String REQUIRED = ".requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = ".preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityRules() {
    }

    static void check(String path, Affinity affinity, Causes causes) {
        check(path + ".nodeAffinity", affinity.getNodeAffinity(), causes);
        checkPods(path + ".podAffinity",
                affinity.getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecutionList(),
                affinity.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionList(), causes);
        checkPods(path + ".podAntiAffinity",
                affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecutionList(),
                affinity.getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionList(), causes);
    }

    private static void check(String path, NodeAffinity affinity, Causes causes) {
        List<NodeSelectorTerm> required = affinity.getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTermsList();
        for (int i = 0; i < required.size(); i++) {
            check(path + REQUIRED + ".nodeSelectorTerms[" + i + "]", required.get(i), causes);
        }
        for (int i = 0; i < affinity.getPreferredDuringSchedulingIgnoredDuringExecutionCount(); i++) {
            var preferred = affinity.getPreferredDuringSchedulingIgnoredDuringExecution(i);
            String place = path + PREFERRED + "[" + i + "]";
            checkWeight(place, preferred.getWeight(), causes);
            check(place + ".preference", preferred.getPreference(), causes);
        }
    }

    private static void checkWeight(String path, int weight, Causes causes) {
        if (weight < 1 || weight > MAX_WEIGHT) {
            causes.invalid(path + ".weight", weight, "must be in the range 1-100");
        }
    }

    private static void check(String path, NodeSelectorTerm term, Causes causes) {
        for (int i = 0; i < term.getMatchExpressionsCount(); i++) {
            checkLabel(path + ".matchExpressions[" + i + "]", term.getMatchExpressions(i), causes);
        }
        for (int i = 0; i < term.getMatchFieldsCount(); i++) {
            checkField(path + ".matchFields[" + i + "]", term.getMatchFields(i), causes);
        }
    }

    private static void checkLabel(String path, NodeSelectorRequirement requirement, Causes causes) {
        int count = requirement.getValuesCount();
        switch (requirement.getOperator()) {
            case "In", "NotIn" -> {
                if (count == 0) {
                    causes.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (count > 0) {
                    causes.forbidden(path + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (count != 1) {
                    causes.required(path + ".values",
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> causes.invalid(path + ".operator", requirement.getOperator(), "not a valid selector operator");
        }
        Checks.labelKey(path + ".key", requirement.getKey(), causes);
    }

    /** A node's name is the only field to choose by. */
    private static void checkField(String path, NodeSelectorRequirement requirement, Causes causes) {
        if (!List.of("In", "NotIn").contains(requirement.getOperator())) {
            causes.invalid(path + ".operator", requirement.getOperator(), "not a valid selector operator");
        } else if (requirement.getValuesCount() != 1) {
            causes.required(path + ".values",
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        if (!requirement.getKey().equals("metadata.name")) {
            causes.invalid(path + ".key", requirement.getKey(), "not a valid field selector key");
            return;
        }
        for (int i = 0; i < requirement.getValuesCount(); i++) {
            Checks.subdomain(path + ".values[" + i + "]", requirement.getValues(i), causes);
        }
    }

    private static void checkPods(String path, List<PodAffinityTerm> required,
            List<WeightedPodAffinityTerm> preferred, Causes causes) {
        for (int i = 0; i < required.size(); i++) {
            check(path + REQUIRED + "[" + i + "]", required.get(i), causes);
        }
        for (int i = 0; i < preferred.size(); i++) {
            String place = path + PREFERRED + "[" + i + "]";
            checkWeight(place, preferred.get(i).getWeight(), causes);
            check(place + ".podAffinityTerm", preferred.get(i).getPodAffinityTerm(), causes);
        }
    }

    private static void check(String path, PodAffinityTerm term, Causes causes) {
        Checks.selector(path + ".labelSelector", term.getLabelSelector(), causes);
        Checks.selector(path + ".namespaceSelector", term.getNamespaceSelector(), causes);
        term.getNamespacesList().forEach(namespace -> Checks.label(path + ".namespace", namespace, causes));
        checkKeys(path, term, causes);
        if (term.getTopologyKey().isEmpty()) {
            causes.required(path + ".topologyKey", "can not be empty");
        }
        Checks.labelKey(path + ".topologyKey", term.getTopologyKey(), causes);
    }

    private static void checkKeys(String path, PodAffinityTerm term, Causes causes) {
        Checks.labelKeys(path + ".matchLabelKeys", term.getMatchLabelKeysList(), term.hasLabelSelector(), causes);
        Checks.labelKeys(path + ".mismatchLabelKeys", term.getMismatchLabelKeysList(), term.hasLabelSelector(),
                causes);
        for (int i = 0; i < term.getMatchLabelKeysCount(); i++) {
            if (term.getMismatchLabelKeysList().contains(term.getMatchLabelKeys(i))) {
                causes.invalid(path + ".matchLabelKeys[" + i + "]", term.getMatchLabelKeys(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }
}
