package dev.longshore.api.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.longshore.api.options.Presence;
import dev.longshore.api.values.Quantities;
import java.io.IOException;

/**
 * Tells from an encoding whether {@link Canonical} would leave the message as it is. Nearly every message is canonical
 * already, and reading its bytes takes a tenth of the time of asking for its fields by reflection. Only a yes is
 * certain: fields out of order, for one, are a no, whatever they say.
 */
final class CanonicalScan {
    private final CodedInputStream in;

    private CanonicalScan(CodedInputStream in) {
        this.in = in;
    }

    static boolean isSurelyCanonical(MessagePlan plan, ByteString encoded) {
        try {
            CodedInputStream in = encoded.newCodedInput();
            return new CanonicalScan(in).message(plan, false) && in.isAtEnd();
        } catch (IOException _) {
            return false;
        }
    }

    /** All up to the current limit. {@code zeroIsAbsent} is about quantities: zero says no more than nothing. */
    private boolean message(MessagePlan plan, boolean zeroIsAbsent) throws IOException {
        return switch (plan.form) {
            case QUANTITY -> quantity(zeroIsAbsent);
            case INT_OR_STRING -> intOrString();
            case RAW_JSON -> raw();
            case OBJECT, TIME, MICRO_TIME, DURATION, ITEMS, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS,
                    UNRECOGNIZED ->
                fields(plan);
        };
    }

    private boolean fields(MessagePlan plan) throws IOException {
        FieldPlan[] fields = plan.byNumber;
        int next = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            while (next < fields.length && fields[next].number < number) {
                next++;
            }
            if (next == fields.length || fields[next].number != number
                    || !value(fields[next], tag)) {
                return false;
            }
            if (fields[next].shape == FieldPlan.Shape.ONE) {
                next++; // a second occurrence would be merged with the first
            }
        }
        return true;
    }

    private boolean value(FieldPlan field, int tag) throws IOException {
        int wireType = WireFormat.getTagWireType(tag);
        return switch (field.shape) {
            case ONE -> wireType == field.type.wireType && one(field);
            case LIST -> field.type == FieldPlan.ValueType.MESSAGE
                    ? wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && element(field.message())
                    : (wireType == field.type.wireType || wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED)
                            && in.skipField(tag);
            case MAP -> wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    && (field.type == FieldPlan.ValueType.MESSAGE ? entry(field.message()) : in.skipField(tag));
        };
    }

    private boolean one(FieldPlan field) throws IOException {
        boolean zeroStays = field.presence == Presence.POINTER || field.presence == Presence.NULLABLE;
        return switch (field.type) {
            case STRING, BYTES -> skipBytes() > 0 || zeroStays;
            case BOOL, INT64 -> in.readInt64() != 0 || zeroStays;
            case INT32 -> in.readInt32() != 0 || zeroStays;
            case DOUBLE -> in.readDouble() != 0 || zeroStays;
            case MESSAGE -> single(field);
        };
    }

    private int skipBytes() throws IOException {
        int size = in.readRawVarint32();
        in.skipRawBytes(size);
        return size;
    }

    private boolean single(FieldPlan field) throws IOException {
        int size = in.readRawVarint32();
        boolean always = field.presence == Presence.ALWAYS;
        // Nonzero fields only are left in a canonical time, so it is empty just when it has no bytes.
        if (size == 0 && (always || field.inline || field.isTime())) {
            return false;
        }
        return limited(size, field.message(), always);
    }

    private boolean element(MessagePlan plan) throws IOException {
        return limited(in.readRawVarint32(), plan, false);
    }

    private boolean limited(int size, MessagePlan plan, boolean zeroIsAbsent) throws IOException {
        int limit = in.pushLimit(size);
        boolean canonical = message(plan, zeroIsAbsent);
        in.popLimit(limit);
        return canonical;
    }

    /** A key and a message, in this order and each once. */
    private boolean entry(MessagePlan plan) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        if (in.readTag() != tag(1)) {
            return false;
        }
        skipBytes();
        boolean canonical = in.readTag() == tag(2) && element(plan) && in.isAtEnd();
        in.popLimit(limit);
        return canonical;
    }

    private boolean quantity(boolean zeroIsAbsent) throws IOException {
        if (in.readTag() != tag(1)) {
            return false;
        }
        String text = in.readString();
        try {
            return !text.isEmpty() && !(zeroIsAbsent && text.equals("0")) && Quantities.canonical(text).equals(text)
                    && in.isAtEnd();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** A number alone, or the mark of a string and the string. */
    private boolean intOrString() throws IOException {
        int tag = in.readTag();
        if (tag == 0) {
            return true;
        }
        if (tag == WireFormat.WIRETYPE_VARINT + (2 << 3)) {
            return in.readInt32() != 0 && in.isAtEnd();
        }
        if (tag != WireFormat.WIRETYPE_VARINT + (1 << 3) || in.readInt64() == 0) {
            return false;
        }
        int text = in.readTag();
        return text == 0 || text == tag(3) && skipBytes() >= 0 && in.isAtEnd();
    }

    private boolean raw() throws IOException {
        int tag = in.readTag();
        if (tag != tag(1)) {
            return tag == 0;
        }
        byte[] text = in.readByteArray();
        return (text.length == 0 || RawJson.isOneValue(text)) && in.isAtEnd();
    }

    private static int tag(int number) {
        return number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }
}
