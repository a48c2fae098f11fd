package dev.longshore.apiserver.discovery;

import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.resources.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group with its versions, the preferred one first.
 *
 * @param name "" for the core group
 */
public record ServedGroup(String name, List<ServedVersion> versions) {
    /** One version with its resources, sorted by name. */
    public record ServedVersion(String group, String version, List<ServedResource> resources) {
        /** {@code v1} or {@code apps/v1}. */
        public String groupVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }

        /** {@code api/v1} or {@code apis/apps/v1}. */
        public String path() {
            return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        }
    }

    /** What is served, the groups in the order of {@link ResourceTypes#all}, which is that of discovery. */
    public static List<ServedGroup> of(Resources resources) {
        Map<String, Map<String, List<ServedResource>>> groups = new LinkedHashMap<>();
        for (ResourceType<?> type : ResourceTypes.all()) {
            if (resources.serves(type)) {
                groups.computeIfAbsent(type.group(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(type.version(), _ -> new ArrayList<>())
                        .add(ServedResource.of(type, resources));
            }
        }
        return groups.entrySet().stream().map(entry -> new ServedGroup(entry.getKey(), versions(entry))).toList();
    }

    private static List<ServedVersion> versions(Map.Entry<String, Map<String, List<ServedResource>>> group) {
        return group.getValue().entrySet().stream().map(version -> {
            version.getValue().sort(Comparator.comparing(resource -> resource.type().plural()));
            return new ServedVersion(group.getKey(), version.getKey(), List.copyOf(version.getValue()));
        }).toList();
    }
}
