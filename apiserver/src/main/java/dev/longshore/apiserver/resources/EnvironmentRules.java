package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EnvFromSource;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.EnvVarSource;
import dev.longshore.api.values.Names;

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
        if (source.hasConfigMapRef()) {
            checkSource(item + ".configMapRef.name", source.getConfigMapRef().getLocalObjectReference().getName(),
                    causes);
        }
        if (source.hasSecretRef()) {
            checkSource(item + ".secretRef.name", source.getSecretRef().getLocalObjectReference().getName(), causes);
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

    private static void checkSource(String field, String name, Causes causes) {
        if (name.isEmpty()) {
            causes.required(field, "");
        } else {
            Checks.subdomain(field, name, causes);
        }
    }

    private static void checkKey(String path, String name, String key, Causes causes) {
        Checks.subdomain(path + ".name", name, causes);
        if (!key.isEmpty()) {
            Names.configMapKey(key).forEach(problem -> causes.invalid(path + ".key", key, problem));
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
        if (source.hasConfigMapKeyRef()) {
            checkKey(path + ".configMapKeyRef", source.getConfigMapKeyRef().getLocalObjectReference().getName(),
                    source.getConfigMapKeyRef().getKey(), causes);
        }
        if (source.hasSecretKeyRef()) {
            checkKey(path + ".secretKeyRef", source.getSecretKeyRef().getLocalObjectReference().getName(),
                    source.getSecretKeyRef().getKey(), causes);
        }
        if (source.hasFieldRef()) {
            DownwardRules.checkVariable(path + ".fieldRef", source.getFieldRef(), causes);
        }
        if (source.hasResourceFieldRef()) {
            DownwardRules.check(path + ".resourceFieldRef", source.getResourceFieldRef(), causes);
        }
    }
}
