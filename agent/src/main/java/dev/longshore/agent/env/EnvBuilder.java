package dev.longshore.agent.env;

import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EnvFromSource;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.EnvVarSource;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of one container: service links, then {@code envFrom}, then {@code env}; a later name replaces an
 * earlier one, and a value may refer to those before it.
 */
public final class EnvBuilder {
    private static final String KUBERNETES = "kubernetes";

    private final References references;

    public EnvBuilder(References references) {
        this.references = references;
    }

    /** Fails with {@link MissingReference} when something that is not optional is not there. */
    public Map<String, String> build(DownwardFields fields, Container container) {
        Pod pod = fields.pod();
        String namespace = pod.getMetadata().getNamespace();
        Map<String, String> links = ServiceEnv.of(services(pod));
        Map<String, String> result = new LinkedHashMap<>();
        container.getEnvFromList().forEach(source -> result.putAll(from(namespace, source)));
        for (EnvVar variable : container.getEnvList()) {
            Map<String, String> known = new LinkedHashMap<>(links);
            known.putAll(result);
            Optional<String> value = variable.hasValueFrom()
                    ? from(fields, container, namespace, variable.getValueFrom())
                    : Optional.of(EnvExpander.expand(variable.getValue(), known));
            value.ifPresent(text -> result.put(variable.getName(), text));
        }
        links.forEach(result::putIfAbsent);
        return result;
    }

    private List<Service> services(Pod pod) {
        List<Service> services = new ArrayList<>();
        references.services("default").stream().filter(item -> item.getMetadata().getName().equals(KUBERNETES))
                .forEach(services::add);
        if (!pod.getSpec().hasEnableServiceLinks() || pod.getSpec().getEnableServiceLinks()) {
            services.addAll(references.services(pod.getMetadata().getNamespace()));
        }
        return services;
    }

    private Map<String, String> from(String namespace, EnvFromSource source) {
        Map<String, String> values = new LinkedHashMap<>();
        if (source.hasConfigMapRef()) {
            String name = source.getConfigMapRef().getLocalObjectReference().getName();
            configMap(namespace, name, source.getConfigMapRef().getOptional())
                    .ifPresent(map -> values.putAll(map.getDataMap()));
        }
        if (source.hasSecretRef()) {
            String name = source.getSecretRef().getLocalObjectReference().getName();
            secret(namespace, name, source.getSecretRef().getOptional()).ifPresent(
                    secret -> secret.getDataMap().forEach((key, value) -> values.put(key, value.toStringUtf8())));
        }
        Map<String, String> prefixed = new LinkedHashMap<>();
        values.forEach((key, value) -> prefixed.put(source.getPrefix() + key, value));
        return prefixed;
    }

    private Optional<String> from(DownwardFields fields, Container container, String namespace, EnvVarSource source) {
        if (source.hasFieldRef()) {
            return Optional.of(fields.field(source.getFieldRef().getFieldPath()));
        }
        if (source.hasResourceFieldRef()) {
            return Optional.of(fields.resource(container, source.getResourceFieldRef()));
        }
        if (source.hasConfigMapKeyRef()) {
            var ref = source.getConfigMapKeyRef();
            String name = ref.getLocalObjectReference().getName();
            return configMap(namespace, name, ref.getOptional()).flatMap(map -> key(map.getDataMap(), ref.getKey(),
                    ref.getOptional(), "ConfigMap " + namespace + "/" + name));
        }
        var ref = source.getSecretKeyRef();
        String name = ref.getLocalObjectReference().getName();
        return secret(namespace, name, ref.getOptional()).flatMap(
                secret -> key(secret.getDataMap(), ref.getKey(), ref.getOptional(), "Secret " + namespace + "/" + name))
                .map(bytes -> bytes.toStringUtf8());
    }

    private static <T> Optional<T> key(Map<String, T> data, String key, boolean optional, String where) {
        if (!data.containsKey(key) && !optional) {
            throw new MissingReference("couldn't find key " + key + " in " + where);
        }
        return Optional.ofNullable(data.get(key));
    }

    private Optional<ConfigMap> configMap(String namespace, String name, boolean optional) {
        Optional<ConfigMap> found = references.configMap(namespace, name);
        if (found.isEmpty() && !optional) {
            throw new MissingReference("configmap \"" + name + "\" not found");
        }
        return found;
    }

    private Optional<Secret> secret(String namespace, String name, boolean optional) {
        Optional<Secret> found = references.secret(namespace, name);
        if (found.isEmpty() && !optional) {
            throw new MissingReference("secret \"" + name + "\" not found");
        }
        return found;
    }
}
