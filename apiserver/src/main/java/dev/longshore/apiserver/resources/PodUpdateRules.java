package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.NodeSelector;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PodSchedulingGate;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Toleration;
import java.util.List;
import java.util.Map;

/**
 * What an update may change in a pod that exists: images, a shorter deadline, further tolerations; and, while gates
 * hold it back, fewer gates and a narrower choice of nodes (source: Kubernetes API, core/v1 update validation).
 */
final class PodUpdateRules {
    private static final String TERMS = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
            + ".nodeSelectorTerms";

    private PodUpdateRules() {
    }

    static void check(PodSpec spec, PodSpec stored, Causes causes) {
        boolean fewer = spec.getContainersCount() != stored.getContainersCount();
        boolean fewerInit = spec.getInitContainersCount() != stored.getInitContainersCount();
        if (fewer || fewerInit) {
            causes.forbidden(fewer ? "spec.containers" : "spec.initContainers",
                    "pod updates may not add or remove containers");
            return;
        }
        checkDeadline(spec, stored, causes);
        checkTolerations(spec.getTolerationsList(), stored.getTolerationsList(), causes);
        checkGates(spec, stored, causes);
        if (stored.getSchedulingGatesCount() > 0) {
            checkNodeSelector(spec.getNodeSelectorMap(), stored.getNodeSelectorMap(), causes);
            checkNodeAffinity(required(spec), required(stored), causes);
        }
        if (!comparable(spec, stored).equals(stored)) {
            causes.forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                    + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set"
                    + " to 1 if it was previously negative)");
        }
    }

    private static void checkDeadline(PodSpec spec, PodSpec stored, Causes causes) {
        String field = "spec.activeDeadlineSeconds";
        if (!stored.hasActiveDeadlineSeconds()) {
            return;
        }
        if (!spec.hasActiveDeadlineSeconds()) {
            causes.invalid(field, "null", "must not update from a positive integer to nil value");
        } else if (spec.getActiveDeadlineSeconds() > stored.getActiveDeadlineSeconds()) {
            causes.invalid(field, spec.getActiveDeadlineSeconds(), "must be less than or equal to previous value");
        }
    }

    private static void checkTolerations(List<Toleration> tolerations, List<Toleration> stored, Causes causes) {
        List<Toleration> kept = tolerations.stream().map(PodUpdateRules::withoutSeconds).toList();
        if (!kept.containsAll(stored.stream().map(PodUpdateRules::withoutSeconds).toList())) {
            causes.forbidden("spec.tolerations",
                    "existing toleration can not be modified except its tolerationSeconds");
        }
    }

    private static Toleration withoutSeconds(Toleration toleration) {
        return toleration.toBuilder().clearTolerationSeconds().build();
    }

    private static void checkGates(PodSpec spec, PodSpec stored, Causes causes) {
        for (int i = 0; i < spec.getSchedulingGatesCount(); i++) {
            PodSchedulingGate gate = spec.getSchedulingGates(i);
            if (!stored.getSchedulingGatesList().contains(gate)) {
                causes.forbidden("spec.schedulingGates[" + i + "].name",
                        "only deletion is allowed, but found new scheduling gate '" + gate.getName() + "'");
            }
        }
    }

    private static void checkNodeSelector(Map<String, String> selector, Map<String, String> stored, Causes causes) {
        if (!selector.entrySet().containsAll(stored.entrySet())) {
            causes.invalid("spec.nodeSelector", selector.toString(),
                    "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        }
    }

    private static NodeSelector required(PodSpec spec) {
        return spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    }

    /** Each further term would widen the choice of nodes, each further requirement of a term narrows it. */
    private static void checkNodeAffinity(NodeSelector selector, NodeSelector stored, Causes causes) {
        if (stored.getNodeSelectorTermsCount() == 0) {
            return;
        }
        if (selector.getNodeSelectorTermsCount() != stored.getNodeSelectorTermsCount()) {
            causes.invalid(TERMS, selector.getNodeSelectorTermsCount() + " terms",
                    "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < selector.getNodeSelectorTermsCount(); i++) {
            if (!isNarrowed(selector.getNodeSelectorTerms(i), stored.getNodeSelectorTerms(i))) {
                causes.invalid(TERMS + "[" + i + "]", "term", "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean isNarrowed(NodeSelectorTerm term, NodeSelectorTerm stored) {
        boolean selectsNothing = stored.getMatchExpressionsCount() + stored.getMatchFieldsCount() == 0;
        return selectsNothing
                ? term.equals(stored)
                : startsWith(term.getMatchExpressionsList(), stored.getMatchExpressionsList())
                        && startsWith(term.getMatchFieldsList(), stored.getMatchFieldsList());
    }

    private static boolean startsWith(List<?> list, List<?> start) {
        return list.size() >= start.size() && list.subList(0, start.size()).equals(start);
    }

    /** The specification with everything that may change as in {@code stored}. */
    private static PodSpec comparable(PodSpec spec, PodSpec stored) {
        PodSpec.Builder same = spec.toBuilder().clearTolerations().addAllTolerations(stored.getTolerationsList())
                .clearSchedulingGates().addAllSchedulingGates(stored.getSchedulingGatesList())
                .clearActiveDeadlineSeconds();
        if (stored.hasActiveDeadlineSeconds()) {
            same.setActiveDeadlineSeconds(stored.getActiveDeadlineSeconds());
        }
        keepImages(same.getContainersBuilderList(), stored.getContainersList());
        keepImages(same.getInitContainersBuilderList(), stored.getInitContainersList());
        if (stored.getTerminationGracePeriodSeconds() < 0 && spec.getTerminationGracePeriodSeconds() == 1) {
            same.setTerminationGracePeriodSeconds(stored.getTerminationGracePeriodSeconds());
        }
        if (stored.getSchedulingGatesCount() > 0) {
            keepChoiceOfNodes(same, stored);
        }
        return same.build();
    }

    private static void keepImages(List<Container.Builder> containers, List<Container> stored) {
        for (int i = 0; i < containers.size(); i++) {
            containers.get(i).setImage(stored.get(i).getImage());
        }
    }

    private static void keepChoiceOfNodes(PodSpec.Builder spec, PodSpec stored) {
        spec.clearNodeSelector().putAllNodeSelector(stored.getNodeSelectorMap());
        if (stored.getAffinity().hasNodeAffinity()) {
            spec.getAffinityBuilder().setNodeAffinity(stored.getAffinity().getNodeAffinity());
        } else if (spec.hasAffinity()) {
            spec.getAffinityBuilder().clearNodeAffinity();
            if (!stored.hasAffinity() && spec.getAffinity().getAllFields().isEmpty()) {
                spec.clearAffinity();
            }
        }
    }
}
