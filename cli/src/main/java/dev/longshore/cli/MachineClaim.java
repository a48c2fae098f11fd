package dev.longshore.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cluster has this machine. The bridge, the service rules and the DNS address exist once in a network namespace, so
 * two clusters on one machine would undo each other's.
 */
final class MachineClaim {
    private static final Path DIRECTORY = Path.of("/run/longshore");
    private static final Path FILE = DIRECTORY.resolve("cluster");

    private MachineClaim() {
    }

    /** @throws CommandFailure when another cluster runs here */
    static void take(DataDirectory directory) throws IOException {
        Optional<DataDirectory> holder = holder();
        if (holder.isPresent() && !holder.get().equals(directory)
                && new BackgroundProcess(holder.get().processFile()).running().isPresent()) {
            Path other = holder.get().root();
            throw new CommandFailure("another cluster runs on this machine, with its data in " + other
                    + "; stop it first: longshore down --data-dir " + other);
        }
        Files.createDirectories(DIRECTORY);
        Files.writeString(FILE, directory.root() + "\n");
    }

    /** Gives the machine back, if this cluster has it. */
    static void release(DataDirectory directory) throws IOException {
        if (holder().filter(directory::equals).isPresent()) {
            Files.delete(FILE);
        }
        String[] rest = DIRECTORY.toFile().list();
        if (rest != null && rest.length == 0) {
            Files.delete(DIRECTORY);
        }
    }

    private static Optional<DataDirectory> holder() {
        String root = DataDirectory.readIfPresent(FILE).strip();
        return root.isEmpty() ? Optional.empty() : Optional.of(new DataDirectory(Path.of(root)));
    }
}
