package dev.longshore.api.json;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text in a buffer. Commas come by themselves. Strings are spelled as Jackson spells them: characters beyond the
 * basic plane as two escapes, the others beyond ASCII as they are.
 */
final class JsonOut {
    /** Writing goes deeper than reading: what lies in a store was not necessarily JSON before. */
    static final int MAX_DEPTH = 2 * JsonCodec.MAX_DEPTH;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPE_LENGTH = 6;

    private byte[] bytes;
    private int size;
    private int depth;

    JsonOut(int expectedSize) {
        this.bytes = new byte[expectedSize];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    /** The text so far, valid as long as nothing more is written. */
    Utf8Value value() {
        return new Utf8Value(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size,
                    Integer.MAX_VALUE - Long.BYTES)));
        }
    }

    private void put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    /** A comma, unless something has only just begun. */
    private void separate() {
        if (size > 0) {
            byte last = bytes[size - 1];
            if (last != '{' && last != '[' && last != ':') {
                put(',');
            }
        }
    }

    void startObject() throws StreamConstraintsException {
        start('{');
    }

    void endObject() {
        depth--;
        put('}');
    }

    void startArray() throws StreamConstraintsException {
        start('[');
    }

    void endArray() {
        depth--;
        put(']');
    }

    private void start(char bracket) throws StreamConstraintsException {
        if (++depth > MAX_DEPTH) {
            throw new StreamConstraintsException("objects and arrays are nested deeper than " + MAX_DEPTH);
        }
        separate();
        put(bracket);
    }

    /** The form of a field's name that {@link #name} takes. */
    static byte[] encodedName(String name) {
        JsonOut out = new JsonOut(name.length() + 3);
        out.text(name);
        out.put(':');
        return out.toByteArray();
    }

    void name(byte[] encodedName) {
        raw(encodedName, 0, encodedName.length);
    }

    /** A key of a map, as UTF-8. */
    void key(byte[] from, int start, int length) {
        text(from, start, length);
        put(':');
    }

    /** JSON as it is. */
    void raw(byte[] from, int start, int length) {
        separate();
        ensure(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    /** A null, boolean or number. */
    void literal(String ascii) {
        byte[] encoded = ascii.getBytes(StandardCharsets.ISO_8859_1);
        raw(encoded, 0, encoded.length);
    }

    void nothing() {
        literal("null");
    }

    void number(long number) {
        if (number < 0 || number > 9) {
            literal(Long.toString(number));
        } else {
            separate();
            put((char) ('0' + number));
        }
    }

    /** A string of characters that need no escape. */
    void plain(byte[] ascii) {
        separate();
        put('"');
        ensure(ascii.length + 1);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
        put('"');
    }

    void text(String text) {
        separate();
        put('"');
        escaped(text);
        put('"');
    }

    /** A string from UTF-8. */
    void text(byte[] from, int start, int length) {
        separate();
        ensure(length + 2);
        bytes[size++] = '"';
        int end = start + length;
        int at = copyPlain(from, start, end);
        if (at < end) {
            escaped(new String(from, at, end - at, StandardCharsets.UTF_8));
        }
        put('"');
    }

    /** Copies up to the first byte that is no plain character, for which there is room. Returns its position. */
    private int copyPlain(byte[] from, int start, int end) {
        byte[] to = bytes;
        int out = size;
        int at = start;
        for (; at < end; at++) {
            byte next = from[at];
            if (next < ' ' || next == '"' || next == '\\') {
                break;
            }
            to[out++] = next;
        }
        size = out;
        return at;
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            ensure(ESCAPE_LENGTH);
            char next = text.charAt(i);
            if (next >= 0x80) {
                beyondAscii(next);
            } else if (next < ' ' || next == '"' || next == '\\') {
                escape(next);
            } else {
                bytes[size++] = (byte) next;
            }
        }
    }

    private void beyondAscii(char next) {
        if (Character.isSurrogate(next)) {
            hex(next);
        } else if (next < 0x800) {
            bytes[size++] = (byte) (0xc0 | next >> 6);
            bytes[size++] = (byte) (0x80 | next & 0x3f);
        } else {
            bytes[size++] = (byte) (0xe0 | next >> 12);
            bytes[size++] = (byte) (0x80 | next >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | next & 0x3f);
        }
    }

    private void escape(char next) {
        char letter = switch (next) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '"', '\\' -> next;
            default -> 0;
        };
        if (letter == 0) {
            hex(next);
        } else {
            bytes[size++] = '\\';
            bytes[size++] = (byte) letter;
        }
    }

    private void hex(char next) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[next >> shift & 0xf];
        }
    }
}
