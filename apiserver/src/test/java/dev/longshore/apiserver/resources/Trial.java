package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.patch.MergePatch;
import dev.longshore.apiserver.registry.RegistryFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A sound object of one kind, changed by YAML merge patches and offered to a registry in memory.
 *
 * @param manifest YAML of the object without its name
 */
record Trial<T extends Message>(ResourceType<T> type, String manifest) {
    private static final String NAME = "g";

    /**
     * One row of a table.
     *
     * @param answer   asks the registry
     * @param expected what it should say
     */
    record Row(String name, Supplier<Object> answer, Object expected) {
        Object found() {
            return answer.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    Row fieldRow(String name, String change, String path, String expected) {
        return new Row(named(name), () -> field(change, path), expected);
    }

    Row creationRow(String name, String change, String... causes) {
        return new Row(named(name), () -> creation(change), List.of(causes));
    }

    Row updateRow(String name, String before, String after, String... causes) {
        return new Row(named(name), () -> update(before, after), List.of(causes));
    }

    private String named(String name) {
        return type.kind() + ": " + name;
    }

    /** What is wrong with a new object: {@code field reason message} of each cause; nothing if it is taken. */
    List<String> creation(String change) {
        RegistryFixture cluster = new RegistryFixture();
        return causes(() -> cluster.registry.create(type, object(change), cluster.writing(false, true)));
    }

    /** What is wrong with the update of an object that was created with {@code before}. */
    List<String> update(String before, String after) {
        RegistryFixture cluster = new RegistryFixture();
        cluster.registry.create(type, object(before), cluster.writing(false, true));
        ObjectKey key = new ObjectKey(type.namespaced() ? "default" : "", NAME);
        return causes(() -> cluster.registry.update(type, key, "", object(after), cluster.writing(false, true)));
    }

    /**
     * What a field of the created object holds, as JSON without quotes; "" if it is absent.
     *
     * @param path as causes name fields, for example {@code spec.ports[0].protocol}
     */
    String field(String change, String path) {
        RegistryFixture cluster = new RegistryFixture();
        T created = cluster.registry.create(type, object(change), cluster.writing(true, true));
        Object value = JsonTree.parse(JsonCodec.write(created));
        for (String step : path.replace("[", ".[").split("\\.")) {
            value = step.startsWith("[")
                    ? ((List<?>) value).get(Integer.parseInt(step.substring(1, step.length() - 1)))
                    : ((Map<?, ?>) value).containsKey(step) ? ((Map<?, ?>) value).get(step) : "";
        }
        return value.toString();
    }

    private T object(String change) {
        Object tree = MergePatch.apply(tree(manifest), change.isEmpty() ? Map.of() : tree(change));
        T read = JsonCodec.read(JsonTree.write(tree), type.prototype()).object();
        ObjectMeta.Builder meta = type.meta(read).toBuilder();
        if (meta.getName().isEmpty()) {
            meta.setName(NAME);
        }
        if (type.namespaced()) {
            meta.setNamespace("default");
        }
        return type.withMeta(read, meta.build());
    }

    private static Object tree(String yaml) {
        return JsonTree.parse(YamlCodec.toJson(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> causes(Runnable write) {
        try {
            write.run();
            return List.of();
        } catch (ApiException refused) {
            List<String> causes = refused.status().getDetails().getCausesList().stream()
                    .map(cause -> cause.getField() + " " + cause.getReason() + " " + cause.getMessage()).toList();
            return causes.isEmpty() ? List.of(refused.getMessage()) : causes;
        }
    }
}
