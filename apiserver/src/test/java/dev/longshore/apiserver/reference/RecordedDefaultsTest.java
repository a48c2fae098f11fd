package dev.longshore.apiserver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.registry.Bootstrap;
import dev.longshore.apiserver.registry.RegistryFixture;
import dev.longshore.apiserver.resources.ClusterConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects as a Kubernetes API server returns them after a dry run of their creation. */
class RecordedDefaultsTest {
    private static final Set<String> KINDS = Set.of("Pod", "Deployment", "ReplicaSet", "Service", "Endpoints",
            "EndpointSlice", "ConfigMap", "Secret", "Namespace", "Node", "ServiceAccount", "Event", "Lease");

    /** Features that this server does not have: what they would have changed is expected to differ. */
    private static final Set<String> DIFFERENT = Set.of("core/v1/Pod/18", "core/v1/Pod/44",
            "core/v1/Pod/58", "core/v1/Pod/95");

    private static final String VOLATILE = "<volatile>";

    private final RegistryFixture cluster = new RegistryFixture();

    @BeforeEach
    void start() {
        new Bootstrap(cluster.client).run(ClusterConfig.standard().apiServiceAddress(), "192.0.2.1", 6443);
    }

    @Test
    void everyKindGetsItsDefaults() throws IOException {
        List<String> failures = new ArrayList<>();
        Map<String, int[]> passed = new TreeMap<>();
        for (Map<String, Object> recorded : Reference.lines("defaults.jsonl")) {
            String kind = (String) recorded.get("kind");
            boolean served = KINDS.contains(kind) && !recorded.containsKey("setup")
                    && !((String) recorded.get("apiVersion")).startsWith("events");
            if (served) {
                int[] count = passed.computeIfAbsent(kind, _ -> new int[2]);
                String problem = replay(recorded);
                count[problem.isEmpty() ? 0 : 1]++;
                if (problem.isEmpty() == DIFFERENT.contains((String) recorded.get("id"))) {
                    failures.add(recorded.get("id") + ": " + problem);
                }
            }
        }
        assertThat(failures).as("passed and failed: %s", summary(passed)).isEmpty();
    }

    static String summary(Map<String, int[]> passed) {
        StringBuilder text = new StringBuilder();
        passed.forEach((kind, count) -> text.append(kind).append(' ').append(count[0]).append('/')
                .append(count[0] + count[1]).append(' '));
        return text.toString();
    }

    private String replay(Map<String, Object> recorded) {
        ResourceType<?> type = ResourceTypes
                .ofKind((String) recorded.get("apiVersion"), (String) recorded.get("kind")).orElseThrow();
        try {
            Object output = create(type, JsonTree.write(recorded.get("input")), (String) recorded.get("path"));
            return difference("", recorded.get("output"), output);
        } catch (ApiException refused) {
            return refused.getMessage();
        } catch (DecodeException unreadable) {
            return unreadable.getMessage();
        }
    }

    private <T extends Message> Object create(ResourceType<T> type, byte[] input, String path) {
        T sent = JsonCodec.read(input, type.prototype()).object();
        T created = cluster.registry.create(type, inNamespace(type, sent, path), cluster.writing(true, true));
        ObjectMeta meta = type.meta(created).toBuilder().clearUid().clearResourceVersion().clearCreationTimestamp()
                .build();
        Object tree = JsonTree.parse(JsonCodec.write(type.withMeta(created, meta)));
        Reference.object(Reference.object(tree).get("metadata")).remove("creationTimestamp");
        if (type == ResourceTypes.PODS && !new String(input, java.nio.charset.StandardCharsets.UTF_8)
                .contains("serviceAccount\"") && !new String(input, java.nio.charset.StandardCharsets.UTF_8)
                        .contains("serviceAccountName")) {
            // the recording server ran without the admission step that names the account
            Reference.object(Reference.object(tree).get("spec")).remove("serviceAccountName");
            Reference.object(Reference.object(tree).get("spec")).remove("serviceAccount");
        }
        return tree;
    }

    static <T extends Message> T inNamespace(ResourceType<T> type, T object, String path) {
        ObjectMeta meta = type.meta(object);
        if (!type.namespaced() || !meta.getNamespace().isEmpty()) {
            return object;
        }
        int start = path.indexOf("/namespaces/") + "/namespaces/".length();
        return type.withMeta(object,
                meta.toBuilder().setNamespace(path.substring(start, path.indexOf('/', start))).build());
    }

    /** Where the trees differ first; "" when they are equal but for volatile values. */
    static String difference(String path, Object expected, Object found) {
        if (VOLATILE.equals(expected)) {
            return "";
        }
        if (expected instanceof Map && found instanceof Map) {
            Map<String, Object> wanted = Reference.object(expected);
            Map<String, Object> got = Reference.object(found);
            Set<String> names = new java.util.TreeSet<>(wanted.keySet());
            names.addAll(got.keySet());
            for (String name : names) {
                String problem = difference(path + "." + name, wanted.getOrDefault(name, "<absent>"),
                        got.getOrDefault(name, "<absent>"));
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            return "";
        }
        if (expected instanceof List<?> wanted && found instanceof List<?> got && wanted.size() == got.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                String problem = difference(path + "[" + i + "]", wanted.get(i), got.get(i));
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            return "";
        }
        return expected.equals(found) ? "" : path + " is " + found + " instead of " + expected;
    }
}
