package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.options.OptionsProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fills fields that are absent with the default that their option gives, in every message that is present. Defaults
 * that
 * depend on other fields are the strategies' business.
 */
final class OptionDefaults {
    /** Whether anything in or below a message type has a default; most have none and are not walked. */
    private static final Map<Descriptor, Boolean> CONCERNED = new ConcurrentHashMap<>();

    private OptionDefaults() {
    }

    static void fill(Message.Builder builder) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                continue;
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                fillMessages(builder, field);
            } else if (hasDefault(field) && !field.isRepeated() && !builder.hasField(field)) {
                builder.setField(field, value(field));
            }
        }
    }

    private static void fillMessages(Message.Builder builder, FieldDescriptor field) {
        if (!concerns(field.getMessageType())) {
            return;
        }
        if (field.isRepeated()) {
            for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
                fill(builder.getRepeatedFieldBuilder(field, i));
            }
        } else if (builder.hasField(field)) {
            fill(builder.getFieldBuilder(field));
        }
    }

    private static boolean concerns(Descriptor type) {
        Boolean known = CONCERNED.get(type);
        return known != null ? known : CONCERNED.computeIfAbsent(type, _ -> search(type, new HashSet<>(List.of(type))));
    }

    private static boolean search(Descriptor type, Set<Descriptor> seen) {
        return type.getFields().stream().anyMatch(field -> hasDefault(field)
                || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()
                        && seen.add(field.getMessageType()) && search(field.getMessageType(), seen));
    }

    private static boolean hasDefault(FieldDescriptor field) {
        return field.getOptions().hasExtension(OptionsProto.defaultJson);
    }

    private static Object value(FieldDescriptor field) {
        String json = field.getOptions().getExtension(OptionsProto.defaultJson);
        return switch (field.getJavaType()) {
            case STRING -> json.substring(1, json.length() - 1);
            case BOOLEAN -> Boolean.valueOf(json);
            case INT -> Integer.valueOf(json);
            case LONG -> Long.valueOf(json);
            case DOUBLE -> Double.valueOf(json);
            case FLOAT, BYTE_STRING, ENUM, MESSAGE -> throw new IllegalStateException(
                    "a default that cannot be: " + field.getFullName());
        };
    }
}
