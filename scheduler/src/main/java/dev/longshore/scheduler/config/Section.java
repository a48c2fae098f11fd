package dev.longshore.scheduler.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An object of the configuration, none of whose fields is unknown. */
final class Section {
    private final String path;
    private final Map<String, Tree> fields;

    private Section(String path, Map<String, Tree> fields) {
        this.path = path;
        this.fields = fields;
    }

    static Section of(String path, Tree.Fields fields, List<String> known) {
        for (String name : fields.byName().keySet()) {
            if (!known.contains(name)) {
                throw new ConfigurationException(Field.below(path, name),
                        "unknown field; known are " + String.join(", ", known));
            }
        }
        return new Section(path, fields.byName());
    }

    String path() {
        return path;
    }

    /** A field that is there and not null. */
    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(tree -> !(tree instanceof Tree.Nothing))
                .map(tree -> new Field(Field.below(path, name), tree));
    }

    Field required(String name) {
        return field(name).orElseThrow(() -> wrong(name, "is required"));
    }

    /** The elements of a list; an absent one is empty. */
    List<Field> items(String name) {
        return field(name).map(Field::items).orElse(List.of());
    }

    <T> T value(String name, Function<Field, T> reader, T otherwise) {
        return field(name).map(reader).orElse(otherwise);
    }

    int integer(String name, int lowest, int highest, int otherwise) {
        return field(name).map(field -> field.integer(lowest, highest)).orElse(otherwise);
    }

    ConfigurationException wrong(String name, String problem) {
        return new ConfigurationException(Field.below(path, name), problem);
    }
}
