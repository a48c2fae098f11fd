package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Walks of message types and of what messages hold. */
final class MessageFields {
    private MessageFields() {
    }

    /** Whether the field holds messages that a walk goes into; values of maps are not gone into. */
    static boolean leadsDeeper(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
    }

    /** Whether this field is wanted, or any field of the messages in and below it. */
    static boolean concerns(FieldDescriptor field, Predicate<FieldDescriptor> wanted) {
        return wanted.test(field) || leadsDeeper(field) && search(field.getMessageType(), wanted, new HashSet<>());
    }

    private static boolean search(Descriptor type, Predicate<FieldDescriptor> wanted, Set<Descriptor> seen) {
        return seen.add(type) && type.getFields().stream().anyMatch(field -> wanted.test(field)
                || leadsDeeper(field) && search(field.getMessageType(), wanted, seen));
    }
}
