package dev.longshore.api.json;

import com.google.protobuf.ByteString;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.values.Durations;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes the values whose JSON is not an object of their fields. */
final class FormWriter {
    /** Doubles from here on are written with an exponent, as Go does it. */
    private static final double LARGE = 1e21;
    private static final double SMALL = 1e-6;

    private final JsonOut json;
    private final MessageWriter objects;

    FormWriter(JsonOut json, MessageWriter objects) {
        this.json = json;
        this.objects = objects;
    }

    /** The message that stands, its length in front, at {@code value}. */
    void write(MessagePlan plan, int value) throws IOException {
        switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> objects.writeObject(TypeMeta.NONE, plan, value);
            case TIME -> writeTime(value, false);
            case MICRO_TIME -> writeTime(value, true);
            case DURATION -> json.text(Durations.format(number(value, 1, FieldPlan.ValueType.INT64)));
            case QUANTITY -> writeQuantity(text(value, 1));
            case INT_OR_STRING -> writeIntOrString(value);
            case RAW_JSON -> writeRaw(value);
            case ITEMS -> writeItems(plan.fields[0], value);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> writeListOr(plan, value);
            case SCHEMA_OR_BOOL -> writeSchemaOrBool(plan, value);
        }
    }

    private long number(int message, int number, FieldPlan.ValueType type) {
        WireCursor in = objects.in();
        return in.varintAt(in.find(message, number, type));
    }

    private String text(int message, int number) {
        WireCursor in = objects.in();
        int length = in.lengthAt(in.find(message, number, FieldPlan.ValueType.STRING));
        return new String(in.bytes, in.position, length, StandardCharsets.UTF_8);
    }

    private long seconds(int time) {
        return number(time, 1, FieldPlan.ValueType.INT64);
    }

    private int nanos(int time) {
        return (int) number(time, 2, FieldPlan.ValueType.INT32);
    }

    /** Whether a time is the zero one: it stands for "no time", and its JSON is null. */
    boolean isEmptyTime(int time) {
        return seconds(time) == 0 && nanos(time) == 0;
    }

    private void writeTime(int time, boolean micro) {
        if (isEmptyTime(time)) {
            json.nothing();
        } else if (micro) {
            json.text(Times.formatMicros(seconds(time), nanos(time)));
        } else {
            json.text(Times.format(seconds(time)));
        }
    }

    private void writeQuantity(String text) {
        json.text(text.isEmpty() ? "0" : Quantities.canonical(text));
    }

    private void writeIntOrString(int value) {
        if (number(value, 1, FieldPlan.ValueType.INT64) == 0) {
            json.number((int) number(value, 2, FieldPlan.ValueType.INT32));
        } else {
            objects.writeText(objects.in().find(value, 3, FieldPlan.ValueType.STRING));
        }
    }

    private void writeRaw(int value) {
        WireCursor in = objects.in();
        int length = in.lengthAt(in.find(value, 1, FieldPlan.ValueType.BYTES));
        if (length == 0) {
            json.nothing();
        } else {
            ByteString raw = ByteString.copyFrom(in.bytes, in.position, length);
            byte[] utf8 = raw.isValidUtf8() ? raw.toByteArray() : raw.toStringUtf8().getBytes(StandardCharsets.UTF_8);
            json.raw(utf8, 0, utf8.length);
        }
    }

    private boolean has(FieldPlan field, int message) {
        WireCursor in = objects.in();
        return in.find(message, field.number, field.type) != in.zero();
    }

    private void writeItems(FieldPlan field, int value) throws IOException {
        if (!has(field, value)) {
            json.nothing();
            return;
        }
        json.startArray();
        int length = objects.in().lengthAt(value);
        int start = objects.in().position;
        objects.writeElements(field, start, start + length - 1);
        json.endArray();
    }

    private void writeListOr(MessagePlan plan, int value) throws IOException {
        if (has(plan.fields[0], value) && !has(plan.fields[1], value)) {
            writeSchema(plan.fields[0], value);
        } else {
            writeItems(plan.fields[1], value);
        }
    }

    private void writeSchemaOrBool(MessagePlan plan, int value) throws IOException {
        if (has(plan.fields[1], value)) {
            writeSchema(plan.fields[1], value);
        } else {
            json.literal(number(value, 1, FieldPlan.ValueType.BOOL) == 0 ? "false" : "true");
        }
    }

    private void writeSchema(FieldPlan field, int value) throws IOException {
        objects.writeObject(TypeMeta.NONE, field.message(),
                objects.in().find(value, field.number, FieldPlan.ValueType.MESSAGE));
    }

    void writeBytes(int value) {
        WireCursor in = objects.in();
        int length = in.lengthAt(value);
        json.plain(Base64.getEncoder().encode(Arrays.copyOfRange(in.bytes, in.position, in.position + length)));
    }

    void writeDouble(double number) {
        double size = Math.abs(number);
        if (number == 0 || !Double.isFinite(number)) {
            json.number(0);
        } else if (size < SMALL || size >= LARGE) {
            json.literal(Double.toString(number));
        } else {
            json.literal(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
        }
    }
}
