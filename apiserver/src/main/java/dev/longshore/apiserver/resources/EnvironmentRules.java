package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EnvFromSource;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.EnvVarSource;

/** What must hold for the variables of a container (source: Kubernetes API, core/v1 validation). */
final class EnvironmentRules {
    private EnvironmentRules() {
    }

    static void check(String path, Container container, Causes causes) {
        for (int i = 0; i < container.getEnvCount(); i++) {
            EnvVar variable = container.getEnv(i);
            String place = path + ".env[" + i + "]";
            if (!variable.getName().isEmpty()) {
                checkName(place + ".name", variable.getName(), causes);
            }
            if (variable.hasValueFrom()) {
                checkSource(place + ".valueFrom", variable, causes);
            }
        }
        for (int i = 0; i < container.getEnvFromCount(); i++) {
            check(path + ".envFrom", i, container.getEnvFrom(i), causes);
        }
    }

    private static void check(String path, int index, EnvFromSource source, Causes causes) {
        String item = path + "[" + index + "]";
        if (!source.getPrefix().isEmpty()) {
            checkName(item + ".prefix", source.getPrefix(), causes);
        }
        if (source.hasConfigMapRef() && source.getConfigMapRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(item + ".configMapRef.name", "");
        }
        if (source.hasSecretRef() && source.getSecretRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(item + ".secretRef.name", "");
        }
        if (source.hasConfigMapRef() && source.hasSecretRef()) {
            causes.invalid(path, "", "may not have more than one field specified at a time");
        } else if (!source.hasConfigMapRef() && !source.hasSecretRef()) {
            causes.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        }
    }

    /** Printable ASCII without the sign that parts it from its value. */
    private static void checkName(String field, String name, Causes causes) {
        if (!name.chars().allMatch(letter -> letter >= ' ' && letter <= '~' && letter != '=')) {
            causes.invalid(field, name, "a valid environment variable name must consist only of printable ASCII"
                    + " characters other than '='");
        }
    }

    private static void checkSource(String path, EnvVar variable, Causes causes) {
        EnvVarSource source = variable.getValueFrom();
        int count = source.getAllFields().size();
        if (count == 0) {
            causes.invalid(path, "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!variable.getValue().isEmpty()) {
            causes.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (count > 1) {
            causes.invalid(path, "", "may not have more than one field specified at a time");
        }
        if (source.hasConfigMapKeyRef()
                && source.getConfigMapKeyRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(path + ".configMapKeyRef.name", "");
        }
        if (source.hasSecretKeyRef() && source.getSecretKeyRef().getLocalObjectReference().getName().isEmpty()) {
            causes.required(path + ".secretKeyRef.name", "");
        }
        if (source.hasFieldRef()) {
            DownwardRules.checkVariable(path + ".fieldRef", source.getFieldRef(), causes);
        }
        if (source.hasResourceFieldRef()) {
            DownwardRules.check(path + ".resourceFieldRef", source.getResourceFieldRef(), causes);
        }
    }
}
