package dev.longshore.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster that a test starts with the {@code longshore} command, in a data directory of its own, and removes again.
 */
final class TestCluster implements AutoCloseable {
    private final Path dataDirectory;
    private final int port;
    private final List<String> upArguments;
    private final Shell shell;

    TestCluster(String... upArguments) {
        try {
            // Short: paths of unix sockets are limited to 107 characters.
            this.dataDirectory = Files.createTempDirectory(Path.of("/var/lib"), "ls-e2e-");
            this.port = freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.upArguments = List.of(upArguments);
        this.shell = new Shell(Map.of("LONGSHORE_DATA_DIR", dataDirectory.toString(), "KUBECONFIG",
                dataDirectory.resolve("admin.kubeconfig").toString(), "EDITOR", "true", "KUBE_EDITOR", "true", "HOME",
                dataDirectory.resolve("home").toString()));
    }

    /** A port that is free together with the next one, which gRPC takes. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
                return second.getLocalPort() - 1;
            } catch (IOException e) {
                // The next port is taken: try another pair.
            }
        }
    }

    Shell.Result up() {
        List<String> command = new ArrayList<>(
                List.of("./longshore", "up", "--port", Integer.toString(port)));
        command.addAll(upArguments);
        return shell.run(Duration.ofMinutes(15), "", command);
    }

    Shell.Result longshore(String... arguments) {
        return shell.run(Duration.ofMinutes(10), "", join("./longshore", arguments));
    }

    /** Runs the default kubectl. */
    Shell.Result kubectl(String... arguments) {
        return shell.run(Duration.ofMinutes(3), "", join("kubectl", arguments));
    }

    Shell.Result kubectlWithInput(String input, String... arguments) {
        return shell.run(Duration.ofMinutes(3), input, join("kubectl", arguments));
    }

    Shell shell() {
        return shell;
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    int port() {
        return port;
    }

    /** The all-in-one process. */
    ProcessHandle process() {
        try {
            String[] parts = Files.readString(dataDirectory.resolve("longshore.process")).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(parts[0])).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(dataDirectory.resolve("longshore.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** A stock kubectl of this minor release, beside the default one; empty where the machine has none. */
    static Optional<Path> kubectlOf(String minor) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of)
                .map(directory -> directory.resolve("kubectl")).filter(Files::isExecutable).map(TestCluster::realPath)
                .map(real -> real.resolveSibling("kubectl." + minor)).filter(Files::isExecutable).findFirst();
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> join(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        longshore("down", "--purge");
    }
}
