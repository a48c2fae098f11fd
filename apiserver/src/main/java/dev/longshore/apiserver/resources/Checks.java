package dev.longshore.apiserver.resources;

import dev.longshore.api.intstr.IntOrString;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import dev.longshore.api.values.IntOrStrings;
import dev.longshore.api.values.Names;
import java.util.List;
import java.util.Map;

/** Checks that many kinds share, each in the words that Kubernetes uses for it. */
final class Checks {
    private static final int MAX_PORT = 65_535;
    private static final List<String> SET_OPERATORS = List.of("In", "NotIn");
    private static final List<String> KEY_OPERATORS = List.of("Exists", "DoesNotExist");

    private Checks() {
    }

    static void notNegative(String field, long value, Causes causes) {
        if (value < 0) {
            causes.invalid(field, value, "must be greater than or equal to 0");
        }
    }

    static void port(String field, int port, Causes causes) {
        if (port < 1 || port > MAX_PORT) {
            causes.invalid(field, port, "must be between 1 and 65535, inclusive");
        }
    }

    static void port(String field, IntOrString port, Causes causes) {
        if (IntOrStrings.isInt(port)) {
            port(field, port.getIntVal(), causes);
        } else {
            Names.portName(port.getStrVal()).forEach(problem -> causes.invalid(field, port.getStrVal(), problem));
        }
    }

    static void label(String field, String value, Causes causes) {
        Names.dns1123Label(value).forEach(problem -> causes.invalid(field, value, problem));
    }

    static void subdomain(String field, String value, Causes causes) {
        Names.dns1123Subdomain(value).forEach(problem -> causes.invalid(field, value, problem));
    }

    static void labelKey(String field, String key, Causes causes) {
        qualifiedName(field, key, causes);
    }

    /** Keys whose values a pod takes over from its own labels into a selector. */
    static void labelKeys(String field, List<String> keys, boolean hasSelector, Causes causes) {
        if (!keys.isEmpty() && !hasSelector) {
            causes.forbidden(field, "must not be specified when labelSelector is not set");
        }
        for (int i = 0; i < keys.size(); i++) {
            labelKey(field + "[" + i + "]", keys.get(i), causes);
        }
    }

    static void qualifiedName(String field, String value, Causes causes) {
        Names.qualifiedName(value).forEach(problem -> causes.invalid(field, value, problem));
        if (value.isEmpty() || value.endsWith("/")) { // clients are told both of what an empty name lacks
            causes.invalid(field, value, "name part must consist of letters, digits, '-', '_' or '.'");
        }
    }

    /** A path within a volume: relative, and not out of it. */
    static void localPath(String field, String path, Causes causes) {
        if (path.startsWith("/")) {
            causes.invalid(field, path, "must be a relative path");
        }
        noWayUp(field, path, causes);
    }

    static void noWayUp(String field, String path, Causes causes) {
        if (List.of(path.split("/")).contains("..")) {
            causes.invalid(field, path, "must not contain '..'");
        }
    }

    static void selector(String field, LabelSelector selector, Causes causes) {
        MetadataRules.labels(field + ".matchLabels", selector.getMatchLabelsMap(), causes);
        for (int i = 0; i < selector.getMatchExpressionsCount(); i++) {
            requirement(field + ".matchExpressions[" + i + "]", selector.getMatchExpressions(i), causes);
        }
    }

    private static void requirement(String field, LabelSelectorRequirement term, Causes causes) {
        String operator = term.getOperator();
        if (SET_OPERATORS.contains(operator) && term.getValuesCount() == 0) {
            causes.required(field + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        } else if (KEY_OPERATORS.contains(operator) && term.getValuesCount() > 0) {
            causes.forbidden(field + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        } else if (!SET_OPERATORS.contains(operator) && !KEY_OPERATORS.contains(operator)) {
            causes.invalid(field + ".operator", operator, "not a valid selector operator");
        }
        labelKey(field + ".key", term.getKey(), causes);
        for (int i = 0; i < term.getValuesCount(); i++) {
            String value = term.getValues(i);
            String place = field + ".values[" + i + "]";
            Names.labelValue(value).forEach(problem -> causes.invalid(place, value, problem));
        }
    }

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        try {
            return dev.longshore.api.values.LabelSelectors.of(selector).matches(labels);
        } catch (dev.longshore.api.ApiException _) {
            return false;
        }
    }
}
