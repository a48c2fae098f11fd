package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.values.Durations;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/** Writes the values whose JSON is not an object of their fields. */
final class ReflectiveForms {
    /** Doubles from here on are written with an exponent, as Go does it. */
    private static final double LARGE = 1e21;
    private static final double SMALL = 1e-6;

    private final JsonGenerator json;
    private final ReflectiveWriter objects;

    ReflectiveForms(JsonGenerator json, ReflectiveWriter objects) {
        this.json = json;
        this.objects = objects;
    }

    void write(MessagePlan plan, Message value) throws IOException {
        switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> objects.writeObject(TypeMeta.NONE, value);
            case TIME -> writeTime(value, false);
            case MICRO_TIME -> writeTime(value, true);
            case DURATION -> json.writeString(Durations.format((Long) get(value, 1)));
            case QUANTITY -> writeQuantity((String) get(value, 1));
            case INT_OR_STRING -> writeIntOrString(value);
            case RAW_JSON -> writeRaw((ByteString) get(value, 1));
            case ITEMS -> writeItems(plan.fields[0], (List<?>) get(value, 1));
            case SCHEMA_OR_ARRAY -> writeListOr(plan, value);
            case SCHEMA_OR_BOOL -> writeSchemaOrBool(value);
            case SCHEMA_OR_STRINGS -> writeListOr(plan, value);
        }
    }

    private static Object get(Message message, int number) {
        return message.getField(Zero.field(message, number));
    }

    private void writeTime(Message time, boolean micro) throws IOException {
        if (Zero.isEmptyTime(time)) {
            json.writeNull();
        } else if (micro) {
            json.writeString(Times.formatMicros((Long) get(time, 1), (Integer) get(time, 2)));
        } else {
            json.writeString(Times.format((Long) get(time, 1)));
        }
    }

    private void writeQuantity(String text) throws IOException {
        json.writeString(text.isEmpty() ? "0" : Quantities.canonical(text));
    }

    private void writeIntOrString(Message value) throws IOException {
        if ((Long) get(value, 1) == 0) {
            json.writeNumber((Integer) get(value, 2));
        } else {
            json.writeString((String) get(value, 3));
        }
    }

    private void writeRaw(ByteString raw) throws IOException {
        if (raw.isEmpty()) {
            json.writeNull();
        } else {
            json.writeRawValue(raw.toStringUtf8());
        }
    }

    private void writeItems(FieldPlan field, List<?> items) throws IOException {
        if (items.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Object item : items) {
            objects.writeValue(field, item);
        }
        json.writeEndArray();
    }

    private void writeListOr(MessagePlan plan, Message value) throws IOException {
        List<?> elements = (List<?>) get(value, 2);
        if (elements.isEmpty() && value.hasField(Zero.field(value, 1))) {
            objects.writeObject(TypeMeta.NONE, (Message) get(value, 1));
        } else {
            writeItems(plan.fields[1], elements);
        }
    }

    private void writeSchemaOrBool(Message value) throws IOException {
        if (value.hasField(Zero.field(value, 2))) {
            objects.writeObject(TypeMeta.NONE, (Message) get(value, 2));
        } else {
            json.writeBoolean((Boolean) get(value, 1));
        }
    }

    void writeBytes(ByteString bytes) throws IOException {
        json.writeString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    void writeDouble(double number) throws IOException {
        double size = Math.abs(number);
        if (number == 0 || !Double.isFinite(number)) {
            json.writeNumber(0);
        } else if (size < SMALL || size >= LARGE) {
            json.writeNumber(number);
        } else {
            json.writeNumber(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
        }
    }
}
