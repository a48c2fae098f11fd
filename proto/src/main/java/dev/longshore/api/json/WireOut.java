package dev.longshore.api.json;

import com.google.protobuf.CodedInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A protobuf encoding in the making. Messages are open until their length is known, and put in front, at the end. */
final class WireOut {
    private static final int FIRST_SIZE = 1024;
    private static final int MAX_VARINT = 10;
    private static final int PAYLOAD_BITS = 7;
    private static final int CONTINUES = 0x80;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    int size() {
        return size;
    }

    CodedInputStream input() {
        return CodedInputStream.newInstance(bytes, 0, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size,
                    Integer.MAX_VALUE - Long.BYTES)));
        }
    }

    void varint(long value) {
        ensure(MAX_VARINT);
        size = varint(value, size);
    }

    private int varint(long value, int at) {
        int end = at;
        long rest = value;
        while ((rest & -CONTINUES) != 0) {
            bytes[end++] = (byte) (rest | CONTINUES);
            rest >>>= PAYLOAD_BITS;
        }
        bytes[end++] = (byte) rest;
        return end;
    }

    void fixed64(long value) {
        ensure(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void bytes(byte[] value) {
        varint(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void text(char[] text, int offset, int length) {
        int start = size;
        varint(length);
        ensure(length);
        byte[] to = bytes;
        int out = size;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char next = text[i];
            if (next >= CONTINUES) {
                size = start;
                text(new String(text, offset, length));
                return;
            }
            to[out++] = (byte) next;
        }
        size = out;
    }

    /** Begins a message. Returns what {@link #close} wants: the position of the content. */
    int open(int tag) {
        varint(tag);
        ensure(1);
        return ++size;
    }

    /** Ends the message whose content began at {@code content}. */
    void close(int content) {
        int length = size - content;
        int more = -1;
        for (int rest = length; more < 0 || rest != 0; rest >>>= PAYLOAD_BITS) {
            more++;
        }
        if (more > 0) {
            ensure(more);
            System.arraycopy(bytes, content, bytes, content + more, length);
            size += more;
        }
        varint(length, content - 1);
    }

    /** Forgets everything from here on. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Takes out a part; what follows moves up. */
    void cut(int start, int end) {
        System.arraycopy(bytes, end, bytes, start, size - end);
        size -= end - start;
    }
}
