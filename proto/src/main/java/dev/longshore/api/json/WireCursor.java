package dev.longshore.api.json;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A protobuf encoding and a position in it. Values are named by the position behind their tag. Zero bytes follow the
 * encoding: {@link #zero()} is the position of a value that reads as zero or empty, whatever its type. Fails with
 * IllegalArgumentException for bytes that are no encoding of a message.
 */
final class WireCursor {
    /** As long as the longest zero, that of a double. */
    private static final int PADDING = Double.BYTES;
    private static final int PAYLOAD_BITS = 7;

    final byte[] bytes;
    int position;

    private WireCursor(byte[] padded) {
        this.bytes = padded;
    }

    static WireCursor of(Message message) {
        int size = message.getSerializedSize();
        byte[] padded = new byte[size + PADDING];
        try {
            message.writeTo(CodedOutputStream.newInstance(padded, 0, size));
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return new WireCursor(padded);
    }

    int zero() {
        return bytes.length - PADDING;
    }

    int tag() {
        return (int) varint();
    }

    /** The position of the value whose tag stands at {@code at}. */
    int behindTag(int at) {
        position = at;
        varint();
        return position;
    }

    long varint() {
        byte first = bytes[position];
        if (first >= 0) {
            position++;
            return first;
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && position < zero(); shift += PAYLOAD_BITS) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    long varintAt(int value) {
        position = value;
        return varint();
    }

    double doubleAt(int value) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble(value);
    }

    /** The length that stands at {@code value}; afterwards the content begins at the position. */
    int lengthAt(int value) {
        position = value;
        return length();
    }

    private int length() {
        long length = varint();
        // The zero behind the encoding is within reach as an empty value only.
        if (length < 0 || length > Math.max(0, zero() - position)) {
            throw malformed();
        }
        return (int) length;
    }

    /** Goes behind the value whose tag was read last. */
    void skip(int tag) {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> position += Long.BYTES;
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                int length = length();
                position += length;
            }
            case WireFormat.WIRETYPE_FIXED32 -> position += Integer.BYTES;
            case WireFormat.WIRETYPE_START_GROUP -> skipGroup();
            default -> throw malformed();
        }
        if (position > zero()) {
            throw malformed();
        }
    }

    private void skipGroup() {
        for (int depth = 1; depth > 0;) {
            int tag = tag();
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_START_GROUP -> depth++;
                case WireFormat.WIRETYPE_END_GROUP -> depth--;
                default -> skip(tag);
            }
        }
    }

    /** The last value of a field in the message at {@code message}; {@link #zero()} if there is none. */
    int find(int message, int number, FieldPlan.ValueType type) {
        int wanted = type.tag(number);
        int end = lengthAt(message) + position;
        int found = zero();
        while (position < end) {
            int tag = tag();
            found = tag == wanted ? position : found;
            skip(tag);
        }
        return found;
    }

    /** What is done at the position of a value; it may move the cursor. */
    interface Visitor {
        void at(int value) throws IOException;
    }

    /** The values behind this tag from its first to its last occurrence, between which other fields may stand. */
    void each(int tag, int first, int last, Visitor visitor) throws IOException {
        int next = first;
        while (next <= last) {
            position = next;
            int found = tag();
            int value = position;
            skip(found);
            next = position;
            if (found == tag) {
                visitor.at(value);
            }
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the bytes are no protobuf encoding of a message");
    }
}
