package dev.longshore.api.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.Presence;
import dev.longshore.api.values.Quantities;
import java.util.ArrayList;
import java.util.List;

/**
 * The one form of objects that mean the same, so that equal meaning is {@code equals}. Clients written in Go send
 * absent
 * values as zero ones in protobuf; in canonical form a field that cannot tell the two apart is absent, and so are empty
 * times, always-written objects without content, and fields that nobody here knows. Quantities are in canonical text.
 */
public final class Canonical {
    private Canonical() {
    }

    /**
     * {@code message} itself if it is canonical already. Fails with DecodeException for an impossible quantity or
     * raw JSON.
     */
    public static <T extends Message> T normalise(T message) {
        return normalise(message, message.toByteString());
    }

    /** As {@link #normalise(Message)}, for a message of which the encoding is at hand. */
    @SuppressWarnings("unchecked")
    public static <T extends Message> T normalise(T message, ByteString encoded) {
        MessagePlan plan = MessagePlan.of(message.getDescriptorForType());
        return CanonicalScan.isSurelyCanonical(plan, encoded) ? message : (T) rewrite(plan, message, "");
    }

    /** Whether {@code value} in this single field says no more than an absent field. */
    static boolean isAbsent(FieldPlan field, Object value) {
        if (field.type == FieldPlan.ValueType.MESSAGE) {
            return isAbsentMessage(field, (Message) value);
        }
        return (field.presence == Presence.OMIT_EMPTY || field.presence == Presence.ALWAYS) && Zero.is(value);
    }

    private static boolean isAbsentMessage(FieldPlan field, Message value) {
        if (field.isTime()) {
            return Zero.isEmptyTime(value);
        }
        if (field.inline) {
            return value.getSerializedSize() == 0;
        }
        return field.presence == Presence.ALWAYS
                && (value.getSerializedSize() == 0 || field.form() == JsonForm.QUANTITY && isZeroQuantity(value));
    }

    private static boolean isZeroQuantity(Message quantity) {
        String text = (String) quantity.getField(Zero.field(quantity, 1));
        return text.isEmpty() || text.equals("0");
    }

    private static Message normalise(MessagePlan plan, Message message, String path) {
        return CanonicalScan.isSurelyCanonical(plan, message.toByteString()) ? message : rewrite(plan, message, path);
    }

    /** By asking for every field; the parts that are canonical already are not gone into. */
    private static Message rewrite(MessagePlan plan, Message message, String path) {
        Changes changes = new Changes(message);
        if (!message.getUnknownFields().asMap().isEmpty()) {
            changes.builder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
        }
        switch (plan.form) {
            case QUANTITY -> normaliseQuantity(plan, changes, path);
            case INT_OR_STRING -> normaliseIntOrString(plan, changes);
            case RAW_JSON -> checkRaw(plan, message, path);
            case OBJECT, TIME, MICRO_TIME, DURATION, ITEMS, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL,
                    SCHEMA_OR_STRINGS,
                    UNRECOGNIZED ->
                normaliseFields(plan, changes, path);
        }
        return changes.result();
    }

    /** Raw content goes into JSON as it is; what is no JSON would break every document that it becomes part of. */
    private static void checkRaw(MessagePlan plan, Message message, String path) {
        ByteString raw = (ByteString) message.getField(plan.fields[0].descriptor);
        if (!raw.isEmpty() && !RawJson.isOneValue(raw.toByteArray())) {
            throw DecodeException.badValue(path, "the raw content is no JSON");
        }
    }

    private static void normaliseQuantity(MessagePlan plan, Changes changes, String path) {
        FieldPlan text = plan.fields[0];
        String given = (String) changes.message.getField(text.descriptor);
        try {
            String canonical = given.isEmpty() ? "0" : Quantities.canonical(given);
            if (!canonical.equals(given)) {
                changes.builder().setField(text.descriptor, canonical);
            }
        } catch (IllegalArgumentException e) {
            throw DecodeException.badValue(path, e.getMessage());
        }
    }

    private static void normaliseIntOrString(MessagePlan plan, Changes changes) {
        boolean number = (Long) changes.message.getField(plan.fields[0].descriptor) == 0;
        FieldPlan unused = plan.fields[number ? 2 : 1];
        if (changes.message.hasField(unused.descriptor)) {
            changes.builder().clearField(unused.descriptor);
        }
        for (FieldPlan field : plan.fields) {
            if (changes.message.hasField(field.descriptor) && Zero.is(changes.message.getField(field.descriptor))
                    && field.type != FieldPlan.ValueType.STRING) {
                changes.builder().clearField(field.descriptor);
            }
        }
    }

    private static void normaliseFields(MessagePlan plan, Changes changes, String path) {
        for (FieldPlan field : plan.fields) {
            switch (field.shape) {
                case ONE -> normaliseOne(field, changes, path);
                case LIST -> normaliseList(field, changes, path);
                case MAP -> normaliseMap(field, changes, path);
            }
        }
    }

    private static String join(String path, FieldPlan field) {
        return field.inline ? path : path.isEmpty() ? field.name : path + "." + field.name;
    }

    private static void normaliseOne(FieldPlan field, Changes changes, String path) {
        if (!changes.message.hasField(field.descriptor)) {
            return;
        }
        Object old = changes.message.getField(field.descriptor);
        Object value = field.type == FieldPlan.ValueType.MESSAGE
                ? normalise(field.message(), (Message) old, join(path, field))
                : old;
        if (isAbsent(field, value)) {
            changes.builder().clearField(field.descriptor);
        } else if (value != old) {
            changes.builder().setField(field.descriptor, value);
        }
    }

    private static void normaliseList(FieldPlan field, Changes changes, String path) {
        if (field.type != FieldPlan.ValueType.MESSAGE) {
            return;
        }
        List<?> elements = (List<?>) changes.message.getField(field.descriptor);
        for (int i = 0; i < elements.size(); i++) {
            Message old = (Message) elements.get(i);
            Message value = normalise(field.message(), old, join(path, field) + "[" + i + "]");
            if (value != old) {
                changes.builder().setRepeatedField(field.descriptor, i, value);
            }
        }
    }

    private static void normaliseMap(FieldPlan field, Changes changes, String path) {
        if (field.type != FieldPlan.ValueType.MESSAGE) {
            return;
        }
        List<?> entries = (List<?>) changes.message.getField(field.descriptor);
        List<Message> normalised = new ArrayList<>(entries.size());
        boolean changed = false;
        for (Object entry : entries) {
            Message old = (Message) FieldPlan.value(entry);
            String key = FieldPlan.key(entry);
            Message value = normalise(field.message(), old, join(path, field) + "." + key);
            changed |= value != old;
            normalised.add(value == old ? (Message) entry : field.entry(changes.empty(), key, value));
        }
        if (changed) {
            changes.builder().setField(field.descriptor, normalised);
        }
    }

    /** Copies the message when the first change comes. */
    private static final class Changes {
        final Message message;
        private Message.Builder builder;

        Changes(Message message) {
            this.message = message;
        }

        Message.Builder builder() {
            if (builder == null) {
                builder = message.toBuilder();
            }
            return builder;
        }

        Message.Builder empty() {
            return message.newBuilderForType();
        }

        Message result() {
            return builder == null ? message : builder.build();
        }
    }
}
