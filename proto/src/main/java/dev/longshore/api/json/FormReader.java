package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.values.Durations;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** Reads the messages whose JSON is not an object of their fields: writes their fields where the encoding stands. */
final class FormReader {
    private static final String ZERO_QUANTITY = "0";

    private final JsonParser json;
    private final WireOut out;
    private final ValueReader values;

    FormReader(JsonParser json, WireOut out, ValueReader values) {
        this.json = json;
        this.out = out;
        this.values = values;
    }

    /** Returns whether the value is zero although it has content. */
    boolean read(MessagePlan plan) throws IOException {
        switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> values.readFields(plan);
            case TIME -> writeTime(parse("RFC 3339 time", Times::parse), false);
            case MICRO_TIME -> writeTime(parse("RFC 3339 time with microseconds", Times::parseMicros), true);
            case DURATION -> writeNumber(1, parse("duration string", Durations::parse));
            case QUANTITY -> {
                return readQuantity();
            }
            case INT_OR_STRING -> readIntOrString();
            case RAW_JSON -> {
                out.varint(FieldPlan.ValueType.BYTES.tag(1));
                out.bytes(RawJson.copy(json));
            }
            case ITEMS -> readItems(plan.fields[0]);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> readListOr(plan);
            case SCHEMA_OR_BOOL -> readSchemaOrBool(plan);
        }
        return false;
    }

    /** Zero is left out. */
    private void writeNumber(int field, long number) {
        if (number != 0) {
            out.varint(FieldPlan.ValueType.INT64.tag(field));
            out.varint(number);
        }
    }

    private <T> T parse(String wanted, Function<String, T> parser) throws IOException {
        return checked(values.readText(wanted), parser);
    }

    private <T> T checked(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw values.badValue(e.getMessage());
        }
    }

    private void writeTime(Instant time, boolean micro) {
        writeNumber(1, time.getEpochSecond());
        if (micro) {
            writeNumber(2, time.getNano());
        }
    }

    private boolean readQuantity() throws IOException {
        String text = json.currentToken().isNumeric() ? json.getText() : values.readText("quantity");
        return writeQuantity(checked(text, Quantities::canonical));
    }

    private boolean writeQuantity(String canonical) {
        out.varint(FieldPlan.ValueType.STRING.tag(1));
        out.text(canonical);
        return canonical.equals(ZERO_QUANTITY);
    }

    void writeZeroQuantity() {
        writeQuantity(ZERO_QUANTITY);
    }

    private void readIntOrString() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            writeNumber(1, 1);
            out.varint(FieldPlan.ValueType.STRING.tag(3));
            values.writeText("string");
        } else {
            writeNumber(2, values.readInteger("int32 or string", Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
    }

    private void readItems(FieldPlan field) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw values.wrongType("array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.readElement(field);
        }
    }

    private void readListOr(MessagePlan plan) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            readItems(plan.fields[1]);
        } else {
            readSchema(plan.fields[0]);
        }
    }

    private void readSchemaOrBool(MessagePlan plan) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_FALSE) {
            writeNumber(1, 1);
        }
        if (token != JsonToken.VALUE_FALSE && token != JsonToken.VALUE_TRUE) {
            readSchema(plan.fields[1]);
        }
    }

    private void readSchema(FieldPlan field) throws IOException {
        int content = out.open(field.tag);
        values.readFieldsSilently(field.message());
        out.close(content);
    }
}
