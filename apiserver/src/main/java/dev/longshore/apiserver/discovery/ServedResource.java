package dev.longshore.apiserver.discovery;

import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A resource as discovery shows it. */
public record ServedResource(ResourceType<?> type, List<String> verbs, List<ServedSubresource> subresources) {
    /** Sorted, as the Kubernetes API shows them. */
    private static final List<String> VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch",
            "update", "watch");
    /** Subresources of pods that are streams and known to the edge alone. */
    private static final List<String> POD_STREAMS = List.of("attach", "exec", "log");

    static ServedResource of(ResourceType<?> type, Resources resources) {
        List<String> names = new ArrayList<>(resources.of(type).subresources());
        if (type == ResourceTypes.PODS) {
            names.addAll(POD_STREAMS);
        }
        names.sort(Comparator.naturalOrder());
        // Namespaces are deleted one by one (Kubernetes API).
        List<String> verbs = type == ResourceTypes.NAMESPACES
                ? VERBS.stream().filter(verb -> !verb.equals("deletecollection")).toList()
                : VERBS;
        return new ServedResource(type, verbs,
                names.stream().map(name -> ServedSubresource.of(name, type.kind())).toList());
    }
}
