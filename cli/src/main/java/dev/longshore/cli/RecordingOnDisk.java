package dev.longshore.cli;

import dev.longshore.scheduler.recording.RecordingOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A recording as a file that its owner alone may read, since it shows the cluster. */
final class RecordingOnDisk implements RecordingOutput {
    private final FileChannel channel;

    private RecordingOnDisk(FileChannel channel) {
        this.channel = channel;
    }

    /** An empty file. One that was there, perhaps of the run before, is kept under its name with {@code .1}. */
    static RecordingOnDisk create(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new RecordingOnDisk(FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    @Override
    public void append(byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        channel.truncate(length);
        channel.position(length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
