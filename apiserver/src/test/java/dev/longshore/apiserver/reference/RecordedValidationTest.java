package dev.longshore.apiserver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.registry.RegistryFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a Kubernetes API server refuses, and with which causes. Not every rule is there yet: the test holds the share of
 * equal answers that each kind has reached and lists the others when it falls below.
 */
class RecordedValidationTest {
    /** Equal answers in percent, rounded down. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(Map.entry("Pod", 96),
            Map.entry("Deployment", 98), Map.entry("ReplicaSet", 100), Map.entry("Service", 97),
            Map.entry("Endpoints", 89), Map.entry("EndpointSlice", 96), Map.entry("ConfigMap", 99),
            Map.entry("Secret", 100), Map.entry("Namespace", 97), Map.entry("Node", 98),
            Map.entry("ServiceAccount", 100), Map.entry("Event", 98), Map.entry("Lease", 98));

    @Test
    void refusalsAreThoseThatWereRecorded() throws IOException {
        Map<String, int[]> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        RegistryFixture cluster = new RegistryFixture();
        for (Map<String, Object> recorded : Reference.lines("validation.jsonl")) {
            String[] id = ((String) recorded.get("id")).split("/");
            if (FLOORS.containsKey(id[2]) && !id[0].startsWith("events") && isCreation(recorded)) {
                int[] count = counts.computeIfAbsent(id[2], _ -> new int[2]);
                String expected = expected(recorded);
                String found = replay(cluster, recorded, id);
                boolean equal = expected.equals(found);
                count[equal ? 0 : 1]++;
                if (!equal) {
                    failures.add(recorded.get("id") + "\n    wanted " + expected + "\n    found  " + found);
                }
            }
        }
        String summary = RecordedDefaultsTest.summary(counts);
        counts.forEach((kind, count) -> assertThat(count[0] * 100 / (count[0] + count[1]))
                .as(() -> "equal answers: " + summary + "\n"
                        + String.join("\n", failures.stream().filter(line -> line.contains("/" + kind + "/")).toList()))
                .isGreaterThanOrEqualTo(FLOORS.get(kind)));
    }

    private static boolean isCreation(Map<String, Object> recorded) {
        return !recorded.containsKey("method") && !recorded.containsKey("setup") && recorded.get("input") instanceof Map
                && ((String) recorded.getOrDefault("query", "")).contains("fieldValidation=Strict")
                && ((String) recorded.get("path")).split("/").length <= 7;
    }

    private static String expected(Map<String, Object> recorded) {
        List<String> causes = new ArrayList<>();
        if (recorded.get("causes") instanceof List<?> list) {
            list.forEach(cause -> causes.add(Reference.object(cause).get("reason") + " "
                    + Reference.object(cause).get("field")));
        }
        return recorded.get("status") + " " + causes.stream().sorted().toList();
    }

    private static String replay(RegistryFixture cluster, Map<String, Object> recorded, String[] id) {
        ResourceType<?> type = ResourceTypes
                .ofKind(id[0].equals("core") ? id[1] : id[0] + "/" + id[1], id[2]).orElseThrow();
        try {
            return create(cluster, type, JsonTree.write(recorded.get("input")), (String) recorded.get("path"));
        } catch (ApiException refused) {
            List<String> causes = refused.status().getDetails().getCausesList().stream()
                    .map(cause -> cause.getReason() + " " + cause.getField()).sorted().toList();
            return refused.status().getCode() + " " + causes;
        } catch (DecodeException unreadable) {
            return "400 []";
        }
    }

    private static <T extends Message> String create(RegistryFixture cluster, ResourceType<T> type, byte[] input,
            String path) {
        Decoded<T> decoded = JsonCodec.read(input, type.prototype());
        TypeMeta own = TypeMeta.of(type);
        boolean otherType = !List.of("", own.kind()).contains(decoded.type().kind())
                || !List.of("", own.apiVersion()).contains(decoded.type().apiVersion());
        if (!decoded.problems().isEmpty() || otherType) {
            return "400 []";
        }
        String start = path.contains("/namespaces/") ? path.split("/namespaces/")[1].split("/")[0] : "";
        String named = type.meta(decoded.object()).getNamespace();
        if (type.namespaced() && !named.isEmpty() && !named.equals(start)) {
            return "400 []";
        }
        cluster.registry.create(type, RecordedDefaultsTest.inNamespace(type, decoded.object(), path),
                cluster.writing(true, true));
        return "201 []";
    }
}
