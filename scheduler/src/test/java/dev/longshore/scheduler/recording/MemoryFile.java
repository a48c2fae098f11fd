package dev.longshore.scheduler.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file in memory, on a disk of any size. */
final class MemoryFile implements RecordingOutput {
    private final long capacity;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    MemoryFile(long capacity) {
        this.capacity = capacity;
    }

    MemoryFile() {
        this(Long.MAX_VALUE);
    }

    @Override
    public void append(byte[] data, int length) throws IOException {
        int room = (int) Math.min(length, capacity - bytes.size());
        bytes.write(data, 0, room);
        if (room < length) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void truncate(long length) {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        bytes.write(all, 0, (int) length);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
