package dev.longshore.api.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** What counts as empty in the Kubernetes API. */
final class Zero {
    private Zero() {
    }

    /** Whether a scalar is its type's zero. */
    static boolean is(Object scalar) {
        return switch (scalar) {
            case String text -> text.isEmpty();
            case ByteString bytes -> bytes.isEmpty();
            case Boolean flag -> !flag;
            case Integer number -> number == 0;
            case Long number -> number == 0;
            case Double number -> number == 0;
            default -> throw new IllegalArgumentException("no scalar of the API: " + scalar.getClass());
        };
    }

    /** The zero time: it stands for "no time" and its JSON is null. */
    static boolean isEmptyTime(Message time) {
        return seconds(time) == 0 && nanos(time) == 0;
    }

    private static long seconds(Message time) {
        return (Long) time.getField(field(time, 1));
    }

    private static int nanos(Message time) {
        return (Integer) time.getField(field(time, 2));
    }

    static FieldDescriptor field(Message message, int number) {
        return message.getDescriptorForType().findFieldByNumber(number);
    }
}
