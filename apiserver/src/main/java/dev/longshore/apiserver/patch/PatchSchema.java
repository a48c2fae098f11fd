package dev.longshore.apiserver.patch;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.options.OptionsProto;
import java.util.Optional;

/**
 * What a strategic merge must know of one JSON object: how each of its members merges. Unknown below maps and raw JSON,
 * where everything merges as a plain object and lists are replaced.
 */
record PatchSchema(Optional<Descriptor> type) {
    private static final PatchSchema UNKNOWN = new PatchSchema(Optional.empty());

    static PatchSchema of(Descriptor type) {
        return new PatchSchema(Optional.of(type));
    }

    /** The schema of a member that is an object, or of the elements of one that is a list. */
    PatchSchema member(String name) {
        return find(name).filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isMapField()).map(field -> of(field.getMessageType())).orElse(UNKNOWN);
    }

    /** Whether a list merges with the stored one instead of replacing it. */
    boolean mergesList(String name) {
        return find(name).filter(field -> field.getOptions().getExtension(OptionsProto.patchStrategy)
                .contains("merge")).isPresent();
    }

    /** The member that identifies an element of a list of objects; empty for lists of plain values. */
    Optional<String> mergeKey(String name) {
        return find(name).map(field -> field.getOptions().getExtension(OptionsProto.mergeKey))
                .filter(key -> !key.isEmpty());
    }

    private Optional<FieldDescriptor> find(String name) {
        return type.flatMap(descriptor -> find(descriptor, name));
    }

    private static Optional<FieldDescriptor> find(Descriptor descriptor, String name) {
        for (FieldDescriptor field : descriptor.getFields()) {
            if (field.getOptions().getExtension(OptionsProto.inline)) {
                Optional<FieldDescriptor> inner = find(field.getMessageType(), name);
                if (inner.isPresent()) {
                    return inner;
                }
            } else if (field.getJsonName().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
