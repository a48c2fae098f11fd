package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.options.JsonForm;
import dev.longshore.api.values.Base64Text;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads single values: scalars, and through {@link FormReader} the messages with a form of their own. */
final class ValueReader {
    private final JsonParser json;
    private final WireOut out;
    private final FieldPath path;
    private final MessageReader objects;
    private final FormReader forms;

    ValueReader(JsonParser json, WireOut out, FieldPath path, MessageReader objects) {
        this.json = json;
        this.out = out;
        this.path = path;
        this.objects = objects;
        this.forms = new FormReader(json, out, this);
    }

    /** The value that the parser stands on, unless it says no more than an absent field. */
    void readSingle(FieldPlan field) throws IOException {
        int start = out.size();
        boolean zero = read(field);
        if (zero && field.zeroIsAbsent()) {
            out.truncate(start);
        }
    }

    /** One of several values, where null stands for zero. */
    void readElement(FieldPlan field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            writeZero(field);
        } else {
            read(field);
        }
    }

    /** Afterwards the parser stands on the value's last token. Returns whether the value is zero. */
    private boolean read(FieldPlan field) throws IOException {
        if (field.type != FieldPlan.ValueType.MESSAGE) {
            out.varint(field.valueTag);
        }
        return switch (field.type) {
            case STRING -> writeText("string") == 0;
            case BYTES -> writeBytes(readBytes());
            case BOOL -> writeVarint(readBoolean() ? 1 : 0);
            case INT32 -> writeVarint(readInteger("int32", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT64 -> writeVarint(readInteger("int64", Long.MIN_VALUE, Long.MAX_VALUE));
            case DOUBLE -> writeDouble(readDouble());
            case MESSAGE -> readMessage(field.valueTag, field.message());
        };
    }

    private void writeZero(FieldPlan field) {
        switch (field.type) {
            case STRING, BYTES, BOOL, INT32, INT64 -> {
                out.varint(field.valueTag);
                out.varint(0);
            }
            case DOUBLE -> {
                out.varint(field.valueTag);
                out.fixed64(0);
            }
            case MESSAGE -> {
                int content = out.open(field.valueTag);
                if (field.form() == JsonForm.QUANTITY) {
                    forms.writeZeroQuantity();
                }
                out.close(content);
            }
        }
    }

    private boolean writeVarint(long value) {
        out.varint(value);
        return value == 0;
    }

    private boolean writeBytes(byte[] value) {
        out.bytes(value);
        return value.length == 0;
    }

    private boolean writeDouble(double value) {
        out.fixed64(Double.doubleToRawLongBits(value));
        return value == 0;
    }

    private boolean readMessage(int tag, MessagePlan plan) throws IOException {
        int content = out.open(tag);
        boolean zero = switch (plan.form) {
            case OBJECT, UNRECOGNIZED -> {
                readFields(plan);
                yield false;
            }
            case TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, RAW_JSON, ITEMS, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL,
                    SCHEMA_OR_STRINGS ->
                forms.read(plan);
        };
        zero |= out.size() == content;
        out.close(content);
        return zero;
    }

    void readFields(MessagePlan plan) throws IOException {
        expectObject(plan);
        objects.readObject(plan);
    }

    void readFieldsSilently(MessagePlan plan) throws IOException {
        expectObject(plan);
        objects.readSilently(plan);
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

    /** Copies the text that the parser stands on. Returns its length. */
    int writeText(String wanted) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(wanted);
        }
        out.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        return json.getTextLength();
    }

    private byte[] readBytes() throws IOException {
        String text = readText("base64 string");
        try {
            return Base64Text.decode(text);
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
