package dev.longshore.apiserver.discovery;

import java.util.List;

/**
 * A subresource as discovery shows it.
 *
 * @param group   of the kind, "" for that of the resource
 * @param version of the kind, "" for that of the resource
 */
public record ServedSubresource(String name, String group, String version, String kind, List<String> verbs) {
    private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");

    /** What is known of a subresource by its name. {@code parentKind} is the kind of the resource. */
    static ServedSubresource of(String name, String parentKind) {
        return switch (name) {
            case "scale" -> new ServedSubresource(name, "autoscaling", "v1", "Scale", STATUS_VERBS);
            case "binding" -> new ServedSubresource(name, "", "", "Binding", List.of("create"));
            case "eviction" -> new ServedSubresource(name, "policy", "v1", "Eviction", List.of("create"));
            case "finalize" -> new ServedSubresource(name, "", "", parentKind, List.of("update"));
            case "log" -> new ServedSubresource(name, "", "", parentKind, List.of("get"));
            case "exec" -> new ServedSubresource(name, "", "", "PodExecOptions", List.of("create", "get"));
            case "attach" -> new ServedSubresource(name, "", "", "PodAttachOptions", List.of("create", "get"));
            default -> new ServedSubresource(name, "", "", parentKind, STATUS_VERBS);
        };
    }
}
