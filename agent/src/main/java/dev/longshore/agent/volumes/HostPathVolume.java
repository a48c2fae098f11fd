package dev.longshore.agent.volumes;

import dev.longshore.agent.env.DownwardFields;
import dev.longshore.api.core.v1.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file or directory of the node itself. */
final class HostPathVolume implements PodVolume {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int TYPE_BITS = 0170000;

    @Override
    public boolean handles(Volume volume) {
        return volume.getVolumeSource().hasHostPath();
    }

    @Override
    public Path prepare(DownwardFields fields, Volume volume, Path directory) throws IOException {
        Path path = Path.of(volume.getVolumeSource().getHostPath().getPath());
        String type = volume.getVolumeSource().getHostPath().getType();
        switch (type) {
            case "" -> {
            }
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                    Files.setPosixFilePermissions(path, AtomicContent.permissions(DIRECTORY_MODE));
                }
                require(Files.isDirectory(path), path, type);
            }
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                    Files.setPosixFilePermissions(path, AtomicContent.permissions(FILE_MODE));
                }
                require(Files.isRegularFile(path), path, type);
            }
            case "Directory" -> require(Files.isDirectory(path), path, type);
            case "File" -> require(Files.isRegularFile(path), path, type);
            case "Socket" -> require(hasType(path, 0140000), path, type);
            case "CharDevice" -> require(hasType(path, 0020000), path, type);
            case "BlockDevice" -> require(hasType(path, 0060000), path, type);
            default -> throw new IOException("hostPath type " + type + " is not known");
        }
        return path;
    }

    private static boolean hasType(Path path, int type) throws IOException {
        return Files.exists(path) && Files.readAttributes(path, BasicFileAttributes.class).isOther()
                && ((int) Files.getAttribute(path, "unix:mode") & TYPE_BITS) == type;
    }

    private static void require(boolean met, Path path, String type) throws IOException {
        if (!met) {
            throw new IOException("hostPath type check failed: " + path + " is not a " + type);
        }
    }

    @Override
    public boolean refreshed() {
        return false;
    }
}
