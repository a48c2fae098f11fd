package dev.longshore.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a cluster on this machine keeps everything it owns, and what lies where in it.
 *
 * @param root absolute
 */
record DataDirectory(Path root) {
    DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    Path pki() {
        return root.resolve("pki");
    }

    Path store() {
        return root.resolve("store");
    }

    Path etcd() {
        return root.resolve("etcd");
    }

    Path agent() {
        return root.resolve("agent");
    }

    Path images() {
        return root.resolve("images");
    }

    Path kubeconfig() {
        return root.resolve("admin.kubeconfig");
    }

    Path log() {
        return root.resolve("longshore.log");
    }

    /** The pid and start time of the all-in-one process. */
    Path processFile() {
        return root.resolve("longshore.process");
    }

    /** What the all-in-one process is doing while it starts: one line, the last being "ready ...". */
    Path progressFile() {
        return root.resolve("longshore.progress");
    }

    /** How {@code up} started this cluster, so that the next {@code up} does the same. */
    Path settings() {
        return root.resolve("settings");
    }

    private Path layout() {
        return root.resolve("layout");
    }

    boolean exists() {
        return Files.exists(layout());
    }

    /**
     * Makes the directory, readable by root alone, or checks that this release can read it.
     *
     * @throws CommandFailure when it was made by another layout, or holds other things
     */
    void open() {
        try {
            if (exists()) {
                checkLayout();
                return;
            }
            if (Files.isDirectory(root)) {
                try (var entries = Files.list(root)) {
                    if (entries.findAny().isPresent()) {
                        throw new CommandFailure("the data directory " + root
                                + " is not empty and was not made by longshore; choose another with --data-dir");
                    }
                }
            }
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            Files.writeString(layout(), Version.DATA_LAYOUT + "\n");
        } catch (IOException e) {
            throw new CommandFailure("cannot use the data directory " + root + ": " + e.getMessage());
        }
    }

    private void checkLayout() throws IOException {
        String found = Files.readString(layout()).strip();
        if (!found.equals(Integer.toString(Version.DATA_LAYOUT))) {
            throw new CommandFailure("the data directory " + root + " has layout version " + found
                    + ", and this release (" + Version.PRODUCT + ") reads version " + Version.DATA_LAYOUT
                    + "; use the release that wrote it, or another --data-dir");
        }
    }

    /** Reads a small file of the directory; "" if it is absent. */
    static String readIfPresent(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
