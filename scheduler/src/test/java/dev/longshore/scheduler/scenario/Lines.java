package dev.longshore.scheduler.scenario;

import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.ContainerImage;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads nodes and other objects but pods. A line is a name and words, each behind one blank: {@code key=value} is a
 * label (or the selector of a Service or controller), {@code word:value} one of the object's own fields.
 *
 * <p>A node has the words {@code cpu:4}, {@code mem:8Gi}, {@code eph:1Gi}, {@code pods:3}, {@code x/gpu:2},
 * {@code taint:key=value:NoSchedule}, {@code image:name=20Mi}, {@code cordoned} and {@code nohost} (no hostname label;
 * otherwise that is its name). Room that is not named is ample. Everything but a node has {@code ns:other}.
 */
public final class Lines {
    private static final Map<String, String> SHORT_KEYS = Map.of("zone", "topology.kubernetes.io/zone", "host",
            "kubernetes.io/hostname", "name", "kubernetes.io/metadata.name");

    private Lines() {
    }

    /** The label key that a short word stands for. */
    static String key(String word) {
        return SHORT_KEYS.getOrDefault(word, word);
    }

    static List<String> words(String line) {
        return List.of(line.strip().split(" "));
    }

    public static Node node(String line) {
        List<String> words = words(line);
        Node.Builder node = Node.newBuilder();
        node.getMetadataBuilder().setName(words.getFirst()).putLabels(key("host"), words.getFirst());
        node.getStatusBuilder().putAllocatable("cpu", Quantities.parse("32"))
                .putAllocatable("memory", Quantities.parse("64Gi"))
                .putAllocatable("ephemeral-storage", Quantities.parse("100Gi"))
                .putAllocatable("pods", Quantities.parse("110"));
        words.stream().skip(1).forEach(word -> addToNode(word, node));
        return node.build();
    }

    private static void addToNode(String word, Node.Builder node) {
        int colon = word.indexOf(':');
        int equals = word.indexOf('=');
        if (word.equals("cordoned")) {
            node.getSpecBuilder().setUnschedulable(true);
        } else if (word.equals("nohost")) {
            node.getMetadataBuilder().removeLabels(key("host"));
        } else if (colon < 0) {
            node.getMetadataBuilder().putLabels(key(word.substring(0, equals)), word.substring(equals + 1));
        } else {
            addField(word.substring(0, colon), word.substring(colon + 1), node);
        }
    }

    private static void addField(String field, String value, Node.Builder node) {
        switch (field) {
            case "taint" -> node.getSpecBuilder().addTaints(taint(value));
            case "image" -> node.getStatusBuilder().addImages(ContainerImage.newBuilder()
                    .addNames(value.substring(0, value.lastIndexOf('=')))
                    .setSizeBytes(Quantities.value(Quantities.parse(value.substring(value.lastIndexOf('=') + 1)))));
            default -> node.getStatusBuilder().putAllocatable(resource(field), Quantities.parse(value));
        }
    }

    private static Taint taint(String text) {
        int colon = text.lastIndexOf(':');
        String[] pair = text.substring(0, colon).split("=");
        return Taint.newBuilder().setKey(pair[0]).setValue(pair.length > 1 ? pair[1] : "")
                .setEffect(text.substring(colon + 1)).build();
    }

    /** The resource that a short word stands for. */
    static String resource(String word) {
        return switch (word) {
            case "mem" -> "memory";
            case "eph" -> "ephemeral-storage";
            default -> word;
        };
    }

    public static Namespace namespace(String line) {
        ObjectMeta.Builder meta = ObjectMeta.newBuilder().setName(words(line).getFirst())
                .putLabels(key("name"), words(line).getFirst());
        return Namespace.newBuilder().setMetadata(meta.putAllLabels(labels(line))).build();
    }

    public static Service service(String line) {
        Service.Builder service = Service.newBuilder().setMetadata(meta(line));
        service.getSpecBuilder().putAllSelector(labels(line));
        return service.build();
    }

    public static ReplicaSet replicaSet(String line) {
        ReplicaSet.Builder owner = ReplicaSet.newBuilder().setMetadata(meta(line));
        owner.getSpecBuilder().getSelectorBuilder().putAllMatchLabels(labels(line));
        return owner.build();
    }

    public static StatefulSet statefulSet(String line) {
        StatefulSet.Builder owner = StatefulSet.newBuilder().setMetadata(meta(line));
        owner.getSpecBuilder().getSelectorBuilder().putAllMatchLabels(labels(line));
        return owner.build();
    }

    public static ReplicationController replicationController(String line) {
        ReplicationController.Builder owner = ReplicationController.newBuilder().setMetadata(meta(line));
        owner.getSpecBuilder().putAllSelector(labels(line));
        return owner.build();
    }

    private static ObjectMeta meta(String line) {
        String namespace = words(line).stream().filter(word -> word.startsWith("ns:")).findFirst()
                .map(word -> word.substring("ns:".length())).orElse("default");
        return ObjectMeta.newBuilder().setName(words(line).getFirst()).setNamespace(namespace).build();
    }

    private static Map<String, String> labels(String line) {
        Map<String, String> labels = new TreeMap<>();
        words(line).stream().filter(word -> word.contains("=")).forEach(
                word -> labels.put(key(word.substring(0, word.indexOf('='))), word.substring(word.indexOf('=') + 1)));
        return labels;
    }
}
