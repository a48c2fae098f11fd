package dev.longshore.apiserver.discovery;

import dev.longshore.apiserver.discovery.ServedGroup.ServedVersion;
import dev.longshore.apiserver.resources.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents under {@code /api}, {@code /apis} and {@code /version}. */
public final class Discovery {
    /** Kubernetes' words for the aggregated documents, in the order of parameters that old clients compare. */
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList";
    private static final String JSON = "application/json";

    private final Map<String, Document> plain = new HashMap<>();
    private final Map<String, Document> v2 = new HashMap<>();
    private final Map<String, Document> v2beta1 = new HashMap<>();

    /** @param serverAddress {@code host:port} under which clients reach this server */
    public Discovery(Resources resources, String serverAddress) {
        List<ServedGroup> all = ServedGroup.of(resources);
        List<ServedGroup> core = all.stream().filter(group -> group.name().isEmpty()).toList();
        List<ServedGroup> named = all.stream().filter(group -> !group.name().isEmpty()).toList();
        aggregate(v2, "v2", core, named);
        aggregate(v2beta1, "v2beta1", core, named);
        add("/version", VersionInfo.write());
        add("/api", LegacyDiscovery.coreVersions(serverAddress));
        add("/apis", LegacyDiscovery.groups(named));
        named.forEach(group -> add("/apis/" + group.name(), LegacyDiscovery.group(group)));
        for (ServedGroup group : all) {
            for (ServedVersion version : group.versions()) {
                add("/" + version.path(), LegacyDiscovery.resources(version));
            }
        }
    }

    private static void aggregate(Map<String, Document> into, String version, List<ServedGroup> core,
            List<ServedGroup> named) {
        String type = AGGREGATED.formatted(version);
        into.put("/api", Document.of(type, AggregatedDiscovery.write(version, core)));
        into.put("/apis", Document.of(type, AggregatedDiscovery.write(version, named)));
    }

    private void add(String path, byte[] json) {
        plain.put(path, Document.of(JSON, json));
    }

    /** The document at a path in the form that an {@code Accept} header asks for; empty when there is none. */
    public Optional<Document> document(String path, String accept) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String entry : accept.split(",")) {
            if (!entry.contains("as=APIGroupDiscoveryList")) {
                if (!entry.isBlank()) {
                    break;
                }
            } else if (entry.contains("v=v2beta1") && v2beta1.containsKey(trimmed)) {
                return Optional.of(v2beta1.get(trimmed));
            } else if (entry.contains("v=v2") && v2.containsKey(trimmed)) {
                return Optional.of(v2.get(trimmed));
            }
        }
        return Optional.ofNullable(plain.get(trimmed));
    }
}
