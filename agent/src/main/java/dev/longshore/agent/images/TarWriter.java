package dev.longshore.agent.images;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a POSIX ustar archive without anything of this machine in it: all entries belong to root and carry the time
 * zero, so the same input gives the same bytes.
 */
final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME_LIMIT = 100;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void directory(String name, int mode) throws IOException {
        header(name.endsWith("/") ? name : name + "/", mode, 0, '5', "");
    }

    void file(String name, int mode, byte[] content) throws IOException {
        header(name, mode, content.length, '0', "");
        out.write(content);
        pad(content.length);
    }

    void symlink(String name, String target) throws IOException {
        header(name, 0777, 0, '2', target);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void header(String name, int mode, long size, char type, String link) throws IOException {
        if (name.length() > NAME_LIMIT || link.length() > NAME_LIMIT) {
            throw new IOException("tar name=" + name + " is longer than " + NAME_LIMIT);
        }
        byte[] block = new byte[BLOCK];
        text(block, 0, name);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, 0);
        text(block, 148, "        ");
        block[156] = (byte) type;
        text(block, 157, link);
        text(block, 257, "ustar\00000");
        text(block, 265, "root");
        text(block, 297, "root");
        long sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        text(block, 148, "%06o\0 ".formatted(sum));
        out.write(block);
    }

    private static void octal(byte[] block, int at, int width, long value) {
        text(block, at, ("%0" + (width - 1) + "o").formatted(value));
    }

    private static void text(byte[] block, int at, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        int rest = (int) (size % BLOCK);
        out.write(new byte[rest == 0 ? 0 : BLOCK - rest]);
    }
}
