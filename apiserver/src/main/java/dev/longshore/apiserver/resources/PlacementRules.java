package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for how pods spread, and for what holds them back (source: Kubernetes API, core/v1 validation). */
final class PlacementRules {
    private static final List<String> WHEN = List.of("DoNotSchedule", "ScheduleAnyway");

    private PlacementRules() {
    }

    static void check(String path, PodSpec spec, Causes causes) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.getTopologySpreadConstraintsCount(); i++) {
            TopologySpreadConstraint spread = spec.getTopologySpreadConstraints(i);
            String place = path + ".topologySpreadConstraints[" + i + "]";
            check(place, spread, causes);
            String pair = "{" + spread.getTopologyKey() + ", " + spread.getWhenUnsatisfiable() + "}";
            if (!seen.add(pair)) {
                causes.duplicate(place + ".{topologyKey, whenUnsatisfiable}", pair);
            }
        }
        checkGates(path, spec, causes);
    }

    private static void check(String path, TopologySpreadConstraint spread, Causes causes) {
        if (spread.getMaxSkew() <= 0) {
            causes.invalid(path + ".maxSkew", spread.getMaxSkew(), "must be greater than zero");
        }
        if (!WHEN.contains(spread.getWhenUnsatisfiable())) {
            causes.notSupported(path + ".whenUnsatisfiable", spread.getWhenUnsatisfiable(), WHEN);
        }
        if (spread.hasMinDomains()) {
            checkDomains(path + ".minDomains", spread, causes);
        }
        Checks.selector(path + ".labelSelector", spread.getLabelSelector(), causes);
        Checks.labelKeys(path + ".matchLabelKeys", spread.getMatchLabelKeysList(), spread.hasLabelSelector(), causes);
        for (int i = 0; i < spread.getMatchLabelKeysCount(); i++) {
            String key = spread.getMatchLabelKeys(i);
            if (spread.getLabelSelector().containsMatchLabels(key) || spread.getLabelSelector()
                    .getMatchExpressionsList().stream().anyMatch(term -> term.getKey().equals(key))) {
                causes.invalid(path + ".matchLabelKeys[" + i + "]", key,
                        "exists in both matchLabelKeys and labelSelector");
            }
        }
    }

    private static void checkDomains(String field, TopologySpreadConstraint spread, Causes causes) {
        if (spread.getMinDomains() <= 0) {
            causes.invalid(field, spread.getMinDomains(), "must be greater than zero");
        }
        if (!spread.getWhenUnsatisfiable().equals("DoNotSchedule")) {
            causes.invalid(field, spread.getMinDomains(),
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                            + spread.getWhenUnsatisfiable());
        }
    }

    private static void checkGates(String path, PodSpec spec, Causes causes) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.getSchedulingGatesCount(); i++) {
            String place = path + ".schedulingGates[" + i + "]";
            String name = spec.getSchedulingGates(i).getName();
            Checks.qualifiedName(place, name, causes);
            if (!names.add(name)) {
                causes.duplicate(place, name);
            }
        }
        for (int i = 0; i < spec.getReadinessGatesCount(); i++) {
            Checks.qualifiedName(path + ".readinessGates[" + i + "].conditionType",
                    spec.getReadinessGates(i).getConditionType(), causes);
        }
    }
}
