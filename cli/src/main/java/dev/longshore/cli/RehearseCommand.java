package dev.longshore.cli;

import dev.longshore.common.files.FileTree;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What the build runs with {@code -XX:AOTCacheOutput}: the virtual machine keeps the classes that a control plane loads
 * and which of its methods were hot, and the processes of later starts have both from the beginning.
 */
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true, description = "The run that the build learns from.")
final class RehearseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        for (String store : stores()) {
            Path directory = Files.createTempDirectory("longshore-rehearsal-");
            try (SystemEnvironment system = new SystemEnvironment()) {
                new Rehearsal(directory, store, system.environment()).run();
            } finally {
                FileTree.delete(directory);
            }
        }
        return 0;
    }

    /** etcd is no part of Longshore: where it is missing, what has to do with it is learned by nobody. */
    private static List<String> stores() {
        boolean hasEtcd = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "etcd")));
        return hasEtcd ? List.of("embedded", "etcd") : List.of("embedded");
    }
}
