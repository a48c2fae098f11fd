package dev.longshore.apiserver.registry;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import java.util.Map;

/**
 * Where an object lies in the store: {@code /registry/<resource>/<namespace>/<name>} as a Kubernetes API server lays it
 * out, so that both can read each other's data.
 */
final class Keys {
    private static final String ROOT = "/registry/";

    /** Resources whose directory is not their plural (source: the keys that a Kubernetes API server writes). */
    private static final Map<String, String> DIRECTORIES = Map.of(
            "nodes", "minions",
            "services", "services/specs",
            "endpoints", "services/endpoints",
            "replicationcontrollers", "controllers",
            "ingresses.networking.k8s.io", "ingress",
            "customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/customresourcedefinitions",
            "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices");

    private Keys() {
    }

    /** The prefix of all objects of a resource, with the final slash. */
    static String all(ResourceType<?> type) {
        return ROOT + DIRECTORIES.getOrDefault(type.qualifiedName(), type.plural()) + "/";
    }

    /** The prefix of the objects of one namespace; of all for "". */
    static String in(ResourceType<?> type, String namespace) {
        return namespace.isEmpty() ? all(type) : all(type) + namespace + "/";
    }

    static String of(ResourceType<?> type, ObjectKey key) {
        return in(type, key.namespace()) + key.name();
    }
}
