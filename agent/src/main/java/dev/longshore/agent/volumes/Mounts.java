package dev.longshore.agent.volumes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Mounts on this machine, by the commands of the system. */
public final class Mounts {
    private static final int MOUNT_POINT_FIELD = 4;

    private Mounts() {
    }

    /** Mounts a tmpfs, unless one is there. */
    public static void tmpfs(Path target, List<String> options) throws IOException, InterruptedException {
        if (!under(target).contains(target)) {
            run(List.of("mount", "-t", "tmpfs", "-o", String.join(",", options), "tmpfs", target.toString()));
        }
    }

    /** Takes down every mount at or below a directory, the deepest first. */
    public static void unmountUnder(Path directory) throws IOException, InterruptedException {
        for (Path target : under(directory).reversed()) {
            run(List.of("umount", "-l", target.toString()));
        }
    }

    /** The mount points at or below a directory, in the order they were mounted. */
    public static List<Path> under(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            Path point = Path.of(line.split(" ")[MOUNT_POINT_FIELD].replace("\\040", " "));
            if (point.startsWith(directory)) {
                found.add(point);
            }
        }
        return Collections.unmodifiableList(found);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + output.strip());
        }
    }
}
