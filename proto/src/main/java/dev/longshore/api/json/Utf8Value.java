package dev.longshore.api.json;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text in UTF-8 that a generator takes over as it is, without a detour by characters. It is no content of a string,
 * so it has no quoted forms.
 */
final class Utf8Value implements SerializableString {
    /** What a generator is told that has to make room first. */
    private static final int NO_ROOM = -1;

    private final byte[] bytes;
    private final int size;

    Utf8Value(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public String getValue() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (buffer.length - offset < size) {
            return NO_ROOM;
        }
        System.arraycopy(bytes, 0, buffer, offset, size);
        return size;
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        String text = getValue();
        if (buffer.length - offset < text.length()) {
            return NO_ROOM;
        }
        text.getChars(0, text.length(), buffer, offset);
        return text.length();
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        return size;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        if (buffer.remaining() < size) {
            return NO_ROOM;
        }
        buffer.put(bytes, 0, size);
        return size;
    }

    @Override
    public char[] asQuotedChars() {
        throw noString();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw noString();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw noString();
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw noString();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw noString();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        throw noString();
    }

    private static UnsupportedOperationException noString() {
        return new UnsupportedOperationException("a JSON value is no content of a string");
    }
}
