package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.options.OptionsProto;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fills fields that are absent with the default that their option gives, in every message that is present. Defaults that
 * depend on other fields are the strategies' business.
 */
final class OptionDefaults {
    /** The fields of a message type that have a default in or below them, worked out once; most types have none. */
    private static final Map<Descriptor, List<FieldDescriptor>> CONCERNED = new ConcurrentHashMap<>();

    private OptionDefaults() {
    }

    /** {@code message} itself if nothing is absent: most updates bring every default with them. */
    @SuppressWarnings("unchecked")
    static <T extends Message> T fill(T message) {
        if (isFilled(message)) {
            return message;
        }
        Message.Builder builder = message.toBuilder();
        fill(builder);
        return (T) builder.build();
    }

    private static List<FieldDescriptor> concerned(Descriptor type) {
        List<FieldDescriptor> known = CONCERNED.get(type);
        return known != null
                ? known
                : CONCERNED.computeIfAbsent(type, _ -> type.getFields().stream()
                        .filter(field -> MessageFields.concerns(field, OptionDefaults::hasDefault)).toList());
    }

    private static boolean hasDefault(FieldDescriptor field) {
        return !field.isRepeated() && field.getOptions().hasExtension(OptionsProto.defaultJson);
    }

    private static boolean isFilled(Message message) {
        for (FieldDescriptor field : concerned(message.getDescriptorForType())) {
            if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    if (!isFilled((Message) message.getRepeatedField(field, i))) {
                        return false;
                    }
                }
            } else if (message.hasField(field)
                    ? MessageFields.leadsDeeper(field) && !isFilled((Message) message.getField(field))
                    : hasDefault(field)) {
                return false;
            }
        }
        return true;
    }

    private static void fill(Message.Builder builder) {
        for (FieldDescriptor field : concerned(builder.getDescriptorForType())) {
            if (field.isRepeated()) {
                for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
                    fill(builder.getRepeatedFieldBuilder(field, i));
                }
            } else if (!builder.hasField(field)) {
                if (hasDefault(field)) {
                    builder.setField(field, value(field));
                }
            } else if (MessageFields.leadsDeeper(field)) {
                fill(builder.getFieldBuilder(field));
            }
        }
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
