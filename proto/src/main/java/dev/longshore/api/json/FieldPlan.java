package dev.longshore.api.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.OptionsProto;
import dev.longshore.api.options.Presence;

/**
 * What the codec must know about one field, worked out once from its descriptor. For a map, {@link #type} and
 * {@link #message()} describe the value.
 */
final class FieldPlan {
    private static final int TAG_TYPE_BITS = 3;

    /** The value types that occur in the API. */
    enum ValueType {
        STRING("string", WireFormat.WIRETYPE_LENGTH_DELIMITED),
        BYTES("base64 string", WireFormat.WIRETYPE_LENGTH_DELIMITED),
        BOOL("bool", WireFormat.WIRETYPE_VARINT),
        INT32("int32", WireFormat.WIRETYPE_VARINT),
        INT64("int64", WireFormat.WIRETYPE_VARINT),
        DOUBLE("number", WireFormat.WIRETYPE_FIXED64),
        MESSAGE("object", WireFormat.WIRETYPE_LENGTH_DELIMITED);

        final String text;
        /** How protobuf encodes one value. */
        final int wireType;

        ValueType(String text, int wireType) {
            this.text = text;
            this.wireType = wireType;
        }

        /** What stands in front of a value of this type in the field of this number. */
        int tag(int number) {
            return number << TAG_TYPE_BITS | wireType;
        }
    }

    /** How many values the field holds. */
    enum Shape {
        ONE, LIST, MAP
    }

    final FieldDescriptor descriptor;
    final int number;
    final String name;
    final byte[] encodedName;
    final Presence presence;
    final Shape shape;
    final ValueType type;
    /** In front of each value, and for a map of each entry. */
    final int tag;
    /** In front of each value; for a map, within the entry. */
    final int valueTag;
    final boolean inline;
    /** An element of a list kind: its type is that of the list and is not repeated. */
    final boolean listItem;
    private final Descriptor messageType;
    private volatile MessagePlan message;

    FieldPlan(FieldDescriptor descriptor) {
        this.descriptor = descriptor;
        this.number = descriptor.getNumber();
        this.name = descriptor.getJsonName();
        this.encodedName = JsonOut.encodedName(name);
        this.presence = descriptor.getOptions().getExtension(OptionsProto.presence);
        this.shape = descriptor.isMapField() ? Shape.MAP : descriptor.isRepeated() ? Shape.LIST : Shape.ONE;
        FieldDescriptor value = shape == Shape.MAP ? descriptor.getMessageType().findFieldByNumber(2) : descriptor;
        this.type = typeOf(value);
        this.tag = shape == Shape.MAP ? ValueType.MESSAGE.tag(number) : type.tag(number);
        this.valueTag = shape == Shape.MAP ? type.tag(2) : tag;
        this.messageType = type == ValueType.MESSAGE ? value.getMessageType() : descriptor.getContainingType();
        this.inline = type == ValueType.MESSAGE && descriptor.getOptions().getExtension(OptionsProto.inline);
        this.listItem = shape == Shape.LIST && name.equals("items")
                && descriptor.getContainingType().getName().endsWith("List")
                && !messageType.getName().equals(MessagePlan.PARTIAL_OBJECT);
    }

    private static ValueType typeOf(FieldDescriptor value) {
        return switch (value.getType()) {
            case STRING -> ValueType.STRING;
            case BYTES -> ValueType.BYTES;
            case BOOL -> ValueType.BOOL;
            case INT32 -> ValueType.INT32;
            case INT64 -> ValueType.INT64;
            case DOUBLE -> ValueType.DOUBLE;
            case MESSAGE -> ValueType.MESSAGE;
            case FLOAT, UINT64, FIXED64, FIXED32, GROUP, UINT32, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 ->
                throw new IllegalArgumentException("field type without a JSON form: " + value.getFullName());
        };
    }

    /** The plan of the message value; resolved late because message types refer to each other in circles. */
    MessagePlan message() {
        MessagePlan plan = message;
        if (plan == null) {
            plan = MessagePlan.of(messageType);
            message = plan;
        }
        return plan;
    }

    JsonForm form() {
        return type == ValueType.MESSAGE ? message().form : JsonForm.OBJECT;
    }

    boolean isTime() {
        JsonForm form = form();
        return form == JsonForm.TIME || form == JsonForm.MICRO_TIME;
    }

    /** Whether zero in this single field says no more than an absent field; for messages, whether an empty one does. */
    boolean zeroIsAbsent() {
        return switch (presence) {
            case ALWAYS -> true;
            case OMIT_EMPTY, UNRECOGNIZED -> type != ValueType.MESSAGE || isTime();
            case POINTER, NULLABLE -> isTime();
        };
    }

    /** One entry of this map field. */
    Message entry(Message.Builder owner, String key, Object value) {
        Message.Builder entry = owner.newBuilderForField(descriptor);
        Descriptor entryType = entry.getDescriptorForType();
        return entry.setField(entryType.findFieldByNumber(1), key).setField(entryType.findFieldByNumber(2), value)
                .build();
    }

    static String key(Object entry) {
        return entry instanceof MapEntry<?, ?> mapEntry
                ? (String) mapEntry.getKey()
                : (String) ((Message) entry).getField(((Message) entry).getDescriptorForType().findFieldByNumber(1));
    }

    static Object value(Object entry) {
        return entry instanceof MapEntry<?, ?> mapEntry
                ? mapEntry.getValue()
                : ((Message) entry).getField(((Message) entry).getDescriptorForType().findFieldByNumber(2));
    }
}
