package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.api.values.Durations;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** Reads the messages whose JSON is not an object of their fields. */
final class FormReader {
    private final JsonParser json;
    private final ValueReader values;

    FormReader(JsonParser json, ValueReader values) {
        this.json = json;
        this.values = values;
    }

    void read(MessagePlan plan, Message.Builder builder) throws IOException {
        switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> values.readFields(plan, builder);
            case TIME -> setTime(builder, parse("RFC 3339 time", Times::parse), false);
            case MICRO_TIME -> setTime(builder, parse("RFC 3339 time with microseconds", Times::parseMicros), true);
            case DURATION -> set(builder, 1, parse("duration string", Durations::parse));
            case QUANTITY -> set(builder, 1, readQuantity());
            case INT_OR_STRING -> readIntOrString(builder);
            case RAW_JSON -> set(builder, 1, ByteString.copyFrom(RawJson.copy(json)));
            case ITEMS -> readItems(plan.fields[0], builder);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> readListOr(plan, builder);
            case SCHEMA_OR_BOOL -> readSchemaOrBool(plan, builder);
        }
    }

    private static void set(Message.Builder builder, int number, Object value) {
        builder.setField(field(builder, number), value);
    }

    private static FieldDescriptor field(Message.Builder builder, int number) {
        return builder.getDescriptorForType().findFieldByNumber(number);
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

    private void setTime(Message.Builder builder, Instant time, boolean micro) {
        if (time.getEpochSecond() != 0) {
            set(builder, 1, time.getEpochSecond());
        }
        if (micro && time.getNano() != 0) {
            set(builder, 2, time.getNano());
        }
    }

    private String readQuantity() throws IOException {
        String text = json.currentToken().isNumeric() ? json.getText() : values.readText("quantity");
        return checked(text, Quantities::canonical);
    }

    private void readIntOrString(Message.Builder builder) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            set(builder, 1, 1L);
            set(builder, 3, json.getText());
            return;
        }
        int number = (int) values.readInteger("int32 or string", Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (number != 0) {
            set(builder, 2, number);
        }
    }

    private void readItems(FieldPlan field, Message.Builder builder) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw values.wrongType("array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean absent = json.currentToken() == JsonToken.VALUE_NULL;
            builder.addRepeatedField(field.descriptor,
                    absent ? values.zero(field, builder) : values.read(field, builder));
        }
    }

    private void readListOr(MessagePlan plan, Message.Builder builder) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            readItems(plan.fields[1], builder);
        } else {
            readSchema(plan.fields[0], builder);
        }
    }

    private void readSchemaOrBool(MessagePlan plan, Message.Builder builder) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_TRUE) {
            set(builder, 1, true);
        } else if (token != JsonToken.VALUE_FALSE) {
            set(builder, 1, true);
            readSchema(plan.fields[1], builder);
        }
    }

    private void readSchema(FieldPlan field, Message.Builder builder) throws IOException {
        Message.Builder schema = field.newMessage(builder);
        values.readFieldsSilently(field.message(), schema);
        builder.setField(field.descriptor, schema.build());
    }
}
