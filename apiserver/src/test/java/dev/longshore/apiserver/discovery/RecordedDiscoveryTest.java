package dev.longshore.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.resources.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is served is described as a real API server describes it. */
final class RecordedDiscoveryTest {
    private static final String ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Discovery discovery = new Discovery(new Resources(), "127.0.0.1:6443");

    @ParameterizedTest
    @CsvSource({"/api,discovery-api.json", "/apis,discovery-apis.json"})
    void resourcesMatchTheRecorded(String path, String file) throws IOException {
        Path recorded = Path.of(System.getProperty("longshore.reference", "../../shared/reference"),
                "kubernetes-1.32", file);
        Assumptions.assumeTrue(Files.exists(recorded), () -> "no recorded answers at " + recorded
                + ": set the system property longshore.reference");
        Map<String, Object> real = byName(Files.readAllBytes(recorded));
        Map<String, Object> ours = byName(discovery.document(path, ACCEPT).orElseThrow().bytes());

        assertThat(ours).isNotEmpty();
        assertThat(real).containsAllEntriesOf(ours);
        assertThat(real.keySet().stream().filter(ours::containsKey).toList()).containsExactlyElementsOf(ours.keySet());
    }

    /** {@code apps/v1 deployments} and {@code apps/v1 deployments/scale} to what is said of them, in order. */
    private static Map<String, Object> byName(byte[] document) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Map<String, Object> group : list(object(JsonTree.parse(document)).get("items"))) {
            String name = String.valueOf(object(group.get("metadata")).getOrDefault("name", ""));
            for (Map<String, Object> version : list(group.get("versions"))) {
                for (Map<String, Object> resource : list(version.get("resources"))) {
                    Map<String, Object> alone = new LinkedHashMap<>(resource);
                    Object subresources = alone.remove("subresources");
                    String key = name + "/" + version.get("version") + " " + resource.get("resource");
                    found.put(key, alone);
                    list(subresources == null ? List.of() : subresources)
                            .forEach(sub -> found.put(key + "/" + sub.get("subresource"), described(sub)));
                }
            }
        }
        return found;
    }

    private static Map<String, Object> described(Map<String, Object> subresource) {
        Map<String, Object> described = new LinkedHashMap<>(subresource);
        described.remove("acceptedTypes");
        return described;
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // lists of objects only
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }
}
