package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.options.Presence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The slow and plain way to JSON, by asking a message for each of its fields: what {@link MessageWriter} is measured
 * against. The forms that are no objects are {@link ReflectiveForms}'s.
 */
final class ReflectiveWriter {
    private final JsonGenerator json;
    private final ReflectiveForms forms;

    static byte[] write(TypeMeta type, Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            new ReflectiveWriter(json).writeObject(type, message);
        }
        return bytes.toByteArray();
    }

    private ReflectiveWriter(JsonGenerator json) {
        this.json = json;
        this.forms = new ReflectiveForms(json, this);
    }

    void writeObject(TypeMeta type, Message message) throws IOException {
        json.writeStartObject();
        if (!type.kind().isEmpty()) {
            json.writeStringField("kind", type.kind());
        }
        if (!type.apiVersion().isEmpty()) {
            json.writeStringField("apiVersion", type.apiVersion());
        }
        writeFields(MessagePlan.of(message.getDescriptorForType()), message);
        json.writeEndObject();
    }

    private void writeFields(MessagePlan plan, Message message) throws IOException {
        for (FieldPlan field : plan.fields) {
            switch (field.shape) {
                case ONE -> writeOne(field, message);
                case LIST -> writeList(field, message);
                case MAP -> writeMap(field, message);
            }
        }
    }

    private void writeOne(FieldPlan field, Message message) throws IOException {
        if (field.inline) {
            writeFields(field.message(), (Message) message.getField(field.descriptor));
        } else if (isWritten(field, message)) {
            json.writeFieldName(field.name);
            writeValue(field, message.getField(field.descriptor));
        } else if (field.presence == Presence.NULLABLE || field.presence == Presence.ALWAYS) {
            json.writeFieldName(field.name);
            json.writeNull();
        }
    }

    private static boolean isWritten(FieldPlan field, Message message) {
        return switch (field.presence) {
            case POINTER, NULLABLE -> message.hasField(field.descriptor) && !isEmptyTime(field, message);
            case OMIT_EMPTY, UNRECOGNIZED -> message.hasField(field.descriptor)
                    && (field.type == FieldPlan.ValueType.MESSAGE
                            ? !isEmptyTime(field, message)
                            : !Zero.is(message.getField(field.descriptor)));
            case ALWAYS -> !isEmptyTime(field, message) && !isEmptyBytes(field, message);
        };
    }

    private static boolean isEmptyTime(FieldPlan field, Message message) {
        return field.isTime() && Zero.isEmptyTime((Message) message.getField(field.descriptor));
    }

    private static boolean isEmptyBytes(FieldPlan field, Message message) {
        return field.type == FieldPlan.ValueType.BYTES && ((ByteString) message.getField(field.descriptor)).isEmpty();
    }

    private void writeList(FieldPlan field, Message message) throws IOException {
        List<?> elements = (List<?>) message.getField(field.descriptor);
        if (elements.isEmpty()) {
            writeAbsent(field);
            return;
        }
        json.writeFieldName(field.name);
        json.writeStartArray();
        for (Object element : elements) {
            writeValue(field, element);
        }
        json.writeEndArray();
    }

    private void writeMap(FieldPlan field, Message message) throws IOException {
        Collection<?> entries = (Collection<?>) message.getField(field.descriptor);
        if (entries.isEmpty()) {
            writeAbsent(field);
            return;
        }
        json.writeFieldName(field.name);
        json.writeStartObject();
        List<?> sorted = entries.size() == 1
                ? List.copyOf(entries)
                : entries.stream().sorted(Comparator.comparing(FieldPlan::key)).toList();
        for (Object entry : sorted) {
            json.writeFieldName(FieldPlan.key(entry));
            writeValue(field, FieldPlan.value(entry));
        }
        json.writeEndObject();
    }

    private void writeAbsent(FieldPlan field) throws IOException {
        if (field.presence == Presence.ALWAYS || field.presence == Presence.NULLABLE) {
            json.writeFieldName(field.name);
            json.writeNull();
        }
    }

    void writeValue(FieldPlan field, Object value) throws IOException {
        switch (field.type) {
            case STRING -> json.writeString((String) value);
            case BYTES -> forms.writeBytes((ByteString) value);
            case BOOL -> json.writeBoolean((Boolean) value);
            case INT32 -> json.writeNumber((Integer) value);
            case INT64 -> json.writeNumber((Long) value);
            case DOUBLE -> forms.writeDouble((Double) value);
            case MESSAGE -> writeMessage(field, (Message) value);
        }
    }

    private void writeMessage(FieldPlan field, Message value) throws IOException {
        MessagePlan plan = field.message();
        if (plan.form == JsonForm.OBJECT) {
            writeObject(field.listItem ? TypeMeta.NONE : plan.type, value);
        } else {
            forms.write(plan, value);
        }
    }
}
