package dev.longshore.agent.cgroups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes empty control groups below a mount such as {@code /sys/fs/cgroup}, which holds one tree or one per
 * controller.
 */
public final class Cgroups {
    private final Path mount;

    public Cgroups(Path mount) {
        this.mount = mount;
    }

    public static Cgroups ofThisMachine() {
        return new Cgroups(Path.of("/sys/fs/cgroup"));
    }

    /** Removes a group and those in it, in all hierarchies; one that still holds processes stays. */
    public void remove(String group) throws IOException {
        for (Path root : roots()) {
            Path directory = root.resolve(group.replaceFirst("^/", ""));
            if (Files.isDirectory(directory)) {
                try (Stream<Path> below = Files.walk(directory)) {
                    // A control group is removed by rmdir; its files vanish with it. One that cannot be removed
                    // keeps its parents, and no other hierarchy.
                    below.filter(Files::isDirectory).toList().reversed().forEach(path -> path.toFile().delete());
                }
            }
        }
    }

    private List<Path> roots() throws IOException {
        List<Path> roots = new ArrayList<>(List.of(mount));
        if (!Files.exists(mount.resolve("cgroup.controllers")) && Files.isDirectory(mount)) {
            try (Stream<Path> controllers = Files.list(mount)) {
                controllers.filter(Files::isDirectory).sorted().forEach(roots::add);
            }
        }
        return roots;
    }
}
