package dev.longshore.apiserver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.registry.PatchRequest;
import dev.longshore.apiserver.registry.RegistryFixture;
import dev.longshore.apiserver.registry.WriteContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Which updates of an object a Kubernetes API server takes, with what result, and which it refuses for which causes.
 * A cause counts once: the recorded server repeats those of metadata as often as it happens to check it. As in the
 * replay of refusals the test holds the share of equal answers that each kind has reached.
 */
class RecordedUpdatesTest {
    /** Equal answers in percent, rounded down. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(Map.entry("Pod", 96), Map.entry("Deployment", 98),
            Map.entry("ReplicaSet", 100), Map.entry("Service", 100), Map.entry("Endpoints", 97),
            Map.entry("EndpointSlice", 100), Map.entry("ConfigMap", 96), Map.entry("Secret", 97),
            Map.entry("Namespace", 95), Map.entry("Node", 98), Map.entry("ServiceAccount", 95), Map.entry("Event", 100),
            Map.entry("Lease", 100), Map.entry("PriorityClass", 100));

    /** Of all answers together. */
    private static final int FLOOR = 97;

    private static final int OK = 200;

    /** The recorded server copies AppArmor profiles to annotations, and then complains of each update without them. */
    private static final String APP_ARMOR = "metadata.annotations[container.apparmor";

    /** What is written to, as the path of a request says. */
    private record Target(ObjectKey key, String subresource) {
        static Target of(ResourceType<?> type, String path) {
            String[] parts = path.substring(path.indexOf(type.plural())).split("/");
            String namespace = type.namespaced() ? path.split("/namespaces/")[1].split("/")[0] : "";
            return new Target(new ObjectKey(namespace, parts[1]), parts.length > 2 ? parts[2] : "");
        }
    }

    @Test
    void updatesAreTakenAndRefusedAsRecorded() throws IOException {
        Map<String, int[]> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (Map<String, Object> recorded : Reference.lines("immutable.jsonl")) {
            String[] id = ((String) recorded.get("id")).split("/");
            if (FLOORS.containsKey(id[2]) && !id[0].startsWith("events") && isOfTheObject(recorded)) {
                int[] count = counts.computeIfAbsent(id[2], _ -> new int[2]);
                String problem = problem(recorded, id);
                count[problem.isEmpty() ? 0 : 1]++;
                if (!problem.isEmpty()) {
                    failures.add(recorded.get("id") + "\n    " + problem);
                }
            }
        }
        String summary = RecordedDefaultsTest.summary(counts);
        counts.forEach((kind, count) -> assertThat(share(count))
                .as(() -> "equal answers: " + summary + "\n"
                        + String.join("\n", failures.stream().filter(line -> line.contains("/" + kind + "/")).toList()))
                .isGreaterThanOrEqualTo(FLOORS.get(kind)));
        int[] all = new int[2];
        counts.values().forEach(count -> {
            all[0] += count[0];
            all[1] += count[1];
        });
        assertThat(share(all)).as("equal answers: %s", summary).isGreaterThanOrEqualTo(FLOOR);
    }

    private static int share(int[] count) {
        return count[0] * 100 / (count[0] + count[1]);
    }

    /** Subresources that are messages of their own, and those that are not served, are left to other tests. */
    private static boolean isOfTheObject(Map<String, Object> recorded) {
        Set<String> elsewhere = Set.of("scale", "finalize", "ephemeralcontainers");
        String path = (String) recorded.get("updatePath");
        return !elsewhere.contains(path.substring(path.lastIndexOf('/') + 1))
                && steps(recorded).stream().noneMatch(step -> elsewhere.contains((String) step.get("subresource")));
    }

    private static List<Map<String, Object>> steps(Map<String, Object> recorded) {
        return recorded.get("steps") instanceof List<?> steps
                ? steps.stream().map(Reference::object).toList()
                : List.of();
    }

    /** How the answer differs from the recorded one; "" when it does not. */
    private static String problem(Map<String, Object> recorded, String[] id) {
        ResourceType<?> type = ResourceTypes
                .ofKind(id[0].equals("core") ? id[1] : id[0] + "/" + id[1], id[2]).orElseThrow();
        String wanted = refusal(recorded);
        try {
            Map<String, Object> answer = replay(new RegistryFixture(), type, recorded);
            return wanted.startsWith(OK + " ") ? difference(recorded, answer) : "wanted " + wanted + "\n    found  OK";
        } catch (ApiException refused) {
            List<String> causes = refused.status().getDetails().getCausesList().stream()
                    .map(cause -> cause.getReason() + " " + cause.getField()).distinct().sorted().toList();
            String found = refused.status().getCode() + " " + causes;
            return wanted.equals(found)
                    ? ""
                    : "wanted " + wanted + "\n    found  " + found + " " + refused.getMessage();
        } catch (DecodeException unreadable) {
            return wanted.equals("400 []") ? "" : "wanted " + wanted + "\n    found  " + unreadable.getMessage();
        }
    }

    private static String refusal(Map<String, Object> recorded) {
        List<String> causes = new ArrayList<>();
        if (recorded.get("causes") instanceof List<?> list) {
            list.stream().map(Reference::object).filter(cause -> !((String) cause.get("field")).startsWith(APP_ARMOR))
                    .forEach(cause -> causes.add(cause.get("reason") + " " + cause.get("field")));
        }
        return recorded.get("status") + " " + causes.stream().distinct().sorted().toList();
    }

    private static String difference(Map<String, Object> recorded, Map<String, Object> answer) {
        Map<String, Object> meta = Reference.object(answer.get("metadata"));
        if (recorded.containsKey("output")) {
            return RecordedDefaultsTest.difference("", recorded.get("output"), answer);
        }
        Object generation = recorded.getOrDefault("generation", "<absent>");
        return generation.equals(meta.getOrDefault("generation", "<absent>"))
                ? ""
                : "wanted generation " + generation + ", found " + meta.get("generation");
    }

    private static <T extends Message> Map<String, Object> replay(RegistryFixture cluster, ResourceType<T> type,
            Map<String, Object> recorded) {
        T sent = decode(type, recorded.get("create"));
        T created = cluster.registry.create(type,
                RecordedDefaultsTest.inNamespace(type, sent, (String) recorded.get("path")),
                cluster.writing(false, true));
        for (Map<String, Object> step : steps(recorded)) {
            PatchRequest patch = new PatchRequest(PatchRequest.Kind.MERGE, JsonTree.write(step.get("body")), false);
            created = cluster.registry.patch(type, type.key(created), (String) step.get("subresource"), patch,
                    cluster.writing(false, true));
        }
        T update = decode(type, recorded.get("update"));
        if ("current".equals(recorded.get("resourceVersion"))) {
            update = type.withMeta(update, type.meta(update).toBuilder()
                    .setResourceVersion(type.meta(created).getResourceVersion()).build());
        }
        update = type.cast(withAccount(update));
        Target target = Target.of(type, (String) recorded.get("updatePath"));
        WriteContext context = cluster.writing(((String) recorded.get("query")).contains("dryRun"), true);
        return comparable(type, cluster.registry.update(type, target.key, target.subresource, update, context),
                recorded);
    }

    /** As the pod was created: the recording server ran without the admission step that names the account. */
    private static Message withAccount(Message object) {
        return object instanceof Pod pod && pod.getSpec().getServiceAccountName().isEmpty()
                && pod.getSpec().getServiceAccount().isEmpty()
                        ? pod.toBuilder().setSpec(pod.getSpec().toBuilder().setServiceAccountName("default")).build()
                        : object;
    }

    private static <T extends Message> T decode(ResourceType<T> type, Object tree) {
        Decoded<T> decoded = JsonCodec.read(JsonTree.write(tree), type.prototype());
        TypeMeta own = TypeMeta.of(type);
        boolean otherType = !List.of("", own.kind()).contains(decoded.type().kind())
                || !List.of("", own.apiVersion()).contains(decoded.type().apiVersion());
        if (!decoded.problems().isEmpty() || otherType) {
            throw ApiException.badRequest("not an object of this kind");
        }
        return decoded.object();
    }

    /** The answer without what differs from one server to the next. */
    private static <T extends Message> Map<String, Object> comparable(ResourceType<T> type, T object,
            Map<String, Object> recorded) {
        ObjectMeta meta = type.meta(object).toBuilder().clearUid().clearResourceVersion().clearCreationTimestamp()
                .build();
        Map<String, Object> tree = Reference.object(JsonTree.parse(JsonCodec.write(type.withMeta(object, meta))));
        Reference.object(tree.get("metadata")).remove("creationTimestamp");
        if (type == ResourceTypes.PODS && !recorded.get("create").toString().contains("serviceAccount")) {
            Reference.object(tree.get("spec")).remove("serviceAccountName");
            Reference.object(tree.get("spec")).remove("serviceAccount");
        }
        return tree;
    }
}
