package dev.longshore.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A machine within this one, for tests that install services or start Docker: with processes, mounts, network, host
 * name, /etc, /opt, /run and /var/lib of its own, and the real programs. Its only address is 192.0.2.10, and it reaches
 * no other network. Closing it ends all of its processes at once, and with them its mounts and networks.
 */
final class IsolatedMachine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final List<String> PROGRAMS = List.of("init", "systemctl");

    private final Path directory;
    private final Process unshare;
    private final Shell shell;

    /**
     * @param name        its host name
     * @param environment variables for all commands, beside those of the test
     */
    IsolatedMachine(String name, Map<String, String> environment) {
        try {
            // Not below /tmp, which may be memory only.
            directory = Files.createTempDirectory(Path.of("/var/tmp"), "machine-");
            copyPrograms();
            Path home = Files.createDirectory(directory.resolve("home"));
            Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString(), "PATH",
                    directory.resolve("bin") + ":" + System.getenv("PATH") + ":/usr/local/sbin:/usr/sbin:/sbin",
                    "SHELL_STATE", directory.resolve("state").toString()));
            variables.putAll(environment);
            shell = new Shell(variables);
            unshare = new ProcessBuilder("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--mount-proc",
                    "--kill-child", directory.resolve("bin/init").toString(), directory.toString(), name)
                    .redirectErrorStream(true).redirectOutput(directory.resolve("init.log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Awaitility.await().atMost(START_LIMIT).until(() -> !unshare.isAlive() || Files.exists(ready()));
            if (!unshare.isAlive()) {
                throw new AssertionError(
                        "the machine did not start: " + Files.readString(directory.resolve("init.log")));
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw new AssertionError(e);
        }
    }

    private Path ready() {
        return directory.resolve("ready");
    }

    private void copyPrograms() throws IOException {
        Path programs = Files.createDirectory(directory.resolve("bin"));
        for (String program : PROGRAMS) {
            Path copy = programs.resolve(program);
            try (InputStream in = IsolatedMachine.class.getResourceAsStream("/machine/" + program)) {
                Files.write(copy, in.readAllBytes());
            }
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /**
     * Runs a bash script there, in the project's directory, that ends at its first failure. Variables that it exports
     * hold for those that follow.
     */
    Shell.Result bash(Duration limit, String script) {
        String whole = """
                set -euo pipefail
                cd '%s'
                ! [ -f "$SHELL_STATE" ] || . "$SHELL_STATE"
                %s
                export -p >"$SHELL_STATE"
                """.formatted(Shell.ROOT, script);
        long init = unshare.children().findFirst().orElseThrow().pid();
        return shell.run(limit, "", List.of("nsenter", "--target", Long.toString(init), "--net", "--mount", "--uts",
                "--pid", "bash", "-c", whole));
    }

    @Override
    public void close() {
        // Without its first process the kernel ends every other of the namespace.
        unshare.children().forEach(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly();
        unshare.onExit().join();
        // Docker leaves its groups, which are empty now, in the hierarchies that all namespaces share.
        shell.run("sh", "-c", "rmdir /sys/fs/cgroup/docker /sys/fs/cgroup/*/docker 2>/dev/null");
        Awaitility.await().atMost(START_LIMIT)
                .until(() -> shell.run("rm", "-rf", "--one-file-system", directory.toString()).exitCode() == 0);
    }
}
