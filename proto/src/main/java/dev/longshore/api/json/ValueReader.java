package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.longshore.api.values.Base64Text;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads single values: scalars, and through {@link FormReader} the messages with a form of their own. */
final class ValueReader {
    private final JsonParser json;
    private final FieldPath path;
    private final MessageReader objects;
    private final FormReader forms;

    ValueReader(JsonParser json, FieldPath path, MessageReader objects) {
        this.json = json;
        this.path = path;
        this.objects = objects;
        this.forms = new FormReader(json, this);
    }

    /** The value that the parser stands on; afterwards it stands on the value's last token. */
    Object read(FieldPlan field, Message.Builder owner) throws IOException {
        return switch (field.type) {
            case STRING -> readText("string");
            case BYTES -> readBytes();
            case BOOL -> readBoolean();
            case INT32 -> (int) readInteger("int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> readInteger("int64", Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> readDouble();
            case MESSAGE -> readMessage(field.message(), field.newMessage(owner));
        };
    }

    /** What null stands for within a list or a map. */
    Object zero(FieldPlan field, Message.Builder owner) {
        return switch (field.type) {
            case STRING -> "";
            case BYTES -> ByteString.EMPTY;
            case BOOL -> false;
            case INT32 -> 0;
            case INT64 -> 0L;
            case DOUBLE -> 0d;
            case MESSAGE -> field.newMessage(owner).build();
        };
    }

    Message readMessage(MessagePlan plan, Message.Builder builder) throws IOException {
        switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> readFields(plan, builder);
            case TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, RAW_JSON, ITEMS, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL,
                    SCHEMA_OR_STRINGS ->
                forms.read(plan, builder);
        }
        return builder.build();
    }

    void readFields(MessagePlan plan, Message.Builder builder) throws IOException {
        expectObject(plan);
        objects.readObject(plan, builder);
    }

    void readFieldsSilently(MessagePlan plan, Message.Builder builder) throws IOException {
        expectObject(plan);
        objects.readSilently(plan, builder);
    }

    private void expectObject(MessagePlan plan) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrongType(plan.descriptor.getName());
        }
    }

    String readText(String wanted) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(wanted);
        }
        return json.getText();
    }

    private ByteString readBytes() throws IOException {
        String text = readText("base64 string");
        try {
            return ByteString.copyFrom(Base64Text.decode(text));
        } catch (IllegalArgumentException e) {
            throw DecodeException.badValue(path.toString(), e.getMessage());
        }
    }

    private boolean readBoolean() throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrongType("bool");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    long readInteger(String wanted, long smallest, long largest) throws IOException {
        OptionalLong number = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? asLong() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < smallest || number.getAsLong() > largest) {
            throw wrongType(wanted);
        }
        return number.getAsLong();
    }

    private OptionalLong asLong() throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? OptionalLong.empty()
                : OptionalLong.of(json.getLongValue());
    }

    private double readDouble() throws IOException {
        if (!json.currentToken().isNumeric()) {
            throw wrongType("number");
        }
        double number = json.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw wrongType("number");
        }
        return number;
    }

    DecodeException wrongType(String wanted) throws IOException {
        return DecodeException.wrongType(path.toString(), found(), wanted);
    }

    DecodeException badValue(String why) {
        return DecodeException.badValue(path.toString(), why);
    }

    private String found() throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + json.getText();
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case START_ARRAY -> "array";
            case START_OBJECT -> "object";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    }
}
