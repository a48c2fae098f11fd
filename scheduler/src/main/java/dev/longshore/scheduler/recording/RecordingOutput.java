package dev.longshore.scheduler.recording;

import java.io.IOException;

/** Where a recording is written. One thread calls it, and may wait there. */
public interface RecordingOutput extends AutoCloseable {
    /** Appends {@code length} bytes from the beginning of the array; all, or it fails and may have written some. */
    void append(byte[] bytes, int length) throws IOException;

    /** Forgets what lies behind the first {@code length} bytes; what is appended next comes there. */
    void truncate(long length) throws IOException;

    @Override
    void close() throws IOException;
}
