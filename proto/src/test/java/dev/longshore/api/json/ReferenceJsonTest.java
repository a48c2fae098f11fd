package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Everything that a Kubernetes API server was seen to answer passes through the codec unchanged. */
class ReferenceJsonTest {
    private static final String DEFAULTS = "kubernetes-1.32/behaviour/defaults.jsonl";

    @Test
    void recordedOutputsSurviveExactly() {
        List<String> differences = new ArrayList<>();
        for (Map<String, Object> line : Reference.lines(DEFAULTS)) {
            if (line.containsKey("output")) {
                check(line, "output", differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void recordedInputsSurviveUpToCanonicalForm() {
        List<String> differences = new ArrayList<>();
        for (Map<String, Object> line : Reference.lines(DEFAULTS)) {
            checkInput(line, differences);
        }
        assertThat(differences).isEmpty();
    }

    /** Bad requests for reasons other than the text of the object. */
    private static final Pattern NOT_THE_CODEC = Pattern.compile("mismatch|TokenReview/|SelfSubjectRulesReview/");
    /** Cases that were sent with a lenient field validation. */
    private static final Pattern LENIENT = Pattern.compile("/generic/unknown-(top|spec)-(warn|default|ignore)");

    @Test
    void recordedInputsAreTakenOrRefusedAlike() {
        List<String> differences = new ArrayList<>();
        for (Map<String, Object> line : Reference.lines("kubernetes-1.32/behaviour/validation.jsonl")) {
            Object input = line.getOrDefault("input", JsonTree.NULL);
            String id = (String) line.get("id");
            prototype(input).ifPresent(prototype -> {
                boolean taken = isTaken(input, prototype);
                boolean accepted = line.get("status").equals(BigDecimal.valueOf(201));
                boolean bad = line.get("status").equals(BigDecimal.valueOf(400)) && !NOT_THE_CODEC.matcher(id).find();
                if (accepted && !taken && !LENIENT.matcher(id).find() || bad && taken) {
                    differences.add(id + (taken ? ": taken" : ": refused"));
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    private static boolean isTaken(Object input, Message prototype) {
        try {
            return JsonCodec.read(JsonTree.write(input), prototype).problems().isEmpty();
        } catch (DecodeException e) {
            return false;
        }
    }

    @Test
    void objectsInTranscriptsSurviveExactly() {
        List<String> differences = new ArrayList<>();
        Reference.files("kubernetes-1.32/transcripts")
                .forEach((file, text) -> checkAll(file, JsonTree.read(Volatile.fillTimes(text)), differences));
        assertThat(differences).isEmpty();
    }

    private static void checkAll(String file, Object tree, List<String> differences) {
        if (tree instanceof Map<?, ?>) {
            Map<String, Object> object = JsonTree.object(tree);
            boolean answer = object.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.containsKey("resourceVersion") && metadata.containsKey("creationTimestamp");
            if (answer && prototype(tree).isPresent()) {
                Map<String, Object> line = Map.of("id", file, "object", tree);
                check(line, "object", differences);
            }
            object.values().forEach(value -> checkAll(file, value, differences));
        } else if (tree instanceof List<?>) {
            JsonTree.list(tree).forEach(value -> checkAll(file, value, differences));
        }
    }

    private static void check(Map<String, Object> line, String part, List<String> differences) {
        Object tree = Volatile.fill(line.get(part));
        Optional<Message> prototype = prototype(tree);
        if (prototype.isEmpty()) {
            differences.add(line.get("id") + ": no message for this kind");
            return;
        }
        try {
            Decoded<Message> decoded = JsonCodec.read(JsonTree.write(tree), prototype.get());
            decoded.problems().forEach(problem -> differences.add(line.get("id") + ": " + problem));
            Object again = JsonTree.read(JsonCodec.write(decoded.type(), decoded.object()));
            Volatile.dropStripped(again);
            Volatile.dropStripped(tree);
            JsonTree.difference("", tree, again).ifPresent(text -> differences.add(line.get("id") + " " + text));
        } catch (DecodeException e) {
            differences.add(line.get("id") + ": " + e.getMessage());
        }
    }

    private static void checkInput(Map<String, Object> line, List<String> differences) {
        Object tree = line.get("input");
        Optional<Message> prototype = prototype(tree);
        if (prototype.isEmpty()) {
            differences.add(line.get("id") + ": no message for this kind");
            return;
        }
        Decoded<Message> decoded = JsonCodec.read(JsonTree.write(tree), prototype.get());
        decoded.problems().forEach(problem -> differences.add(line.get("id") + ": " + problem));
        byte[] text = JsonCodec.write(decoded.type(), decoded.object());
        Decoded<Message> again = JsonCodec.read(text, prototype.get());
        if (!again.equals(decoded)) {
            differences.add(line.get("id") + ": reading what was written gives another object");
        }
        Volatile.missing("", tree, JsonTree.read(text)).forEach(lost -> differences.add(line.get("id") + " " + lost));
    }

    private static Optional<Message> prototype(Object tree) {
        if (!(tree instanceof Map<?, ?> object) || !(object.get("apiVersion") instanceof String apiVersion)
                || !(object.get("kind") instanceof String kind)) {
            return Optional.empty();
        }
        TypeMeta type = new TypeMeta(apiVersion, kind);
        return Optional.ofNullable(EXTRA.get(type))
                .or(() -> ResourceTypes.ofKind(type.apiVersion(), type.kind()).map(found -> found.prototype()));
    }

    private static final Map<TypeMeta, Message> EXTRA = extra();

    private static Map<TypeMeta, Message> extra() {
        Map<TypeMeta, Message> extra = new LinkedHashMap<>();
        NonStoredKinds.ALL.forEach(message -> extra.put(TypeMeta.of(message), message));
        return extra;
    }
}
