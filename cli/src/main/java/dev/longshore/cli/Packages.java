package dev.longshore.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the machine must have for a node, and which Debian package brings it.
 */
final class Packages {
    private static final Duration APT_LIMIT = Duration.ofMinutes(10);

    private static final List<Needed> NODE = List.of(new Needed("containerd", "containerd"),
            new Needed("runc", "runc"), new Needed("/usr/lib/cni/bridge", "containernetworking-plugins"),
            new Needed("nft", "nftables"), new Needed("ip", "iproute2"), new Needed("setsid", "util-linux"),
            new Needed("busybox", "busybox-static"));

    private static final Needed ETCD = new Needed("etcd", "etcd-server");

    private final Terminal terminal;

    Packages(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Installs by apt, after saying so, what a node needs and the machine lacks. */
    void ensure(boolean etcd) throws InterruptedException {
        List<Needed> needed = new ArrayList<>(NODE);
        if (etcd) {
            needed.add(ETCD);
        }
        List<String> missing = missing(needed);
        if (missing.isEmpty()) {
            return;
        }
        if (find("apt-get").isEmpty()) {
            throw new CommandFailure("this machine lacks " + String.join(", ", missing)
                    + " (names of Debian's packages); install them and run the command again");
        }
        terminal.say("Installing by apt: " + String.join(" ", missing));
        apt(List.of("apt-get", "update", "-qq"));
        List<String> install = new ArrayList<>(
                List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
        install.addAll(missing);
        apt(install);
        List<String> still = missing(needed);
        if (!still.isEmpty()) {
            throw new CommandFailure("apt did not install " + String.join(", ", still));
        }
    }

    private static List<String> missing(List<Needed> needed) {
        return needed.stream().filter(one -> find(one.program()).isEmpty()).map(Needed::debianPackage).toList();
    }

    private void apt(List<String> command) throws InterruptedException {
        try {
            Path log = Files.createTempFile("longshore-apt", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive"));
            Process process = builder.start();
            if (!terminal.progress(String.join(" ", command.subList(0, 2)), () -> !process.isAlive(), APT_LIMIT)
                    || process.exitValue() != 0) {
                process.destroy();
                throw new CommandFailure(String.join(" ", command) + " failed; its output: " + log);
            }
            Files.delete(log);
        } catch (IOException e) {
            throw new CommandFailure("cannot run apt-get: " + e.getMessage());
        }
    }

    /** The program's path: absolute ones as they are, others along PATH and the directories of system programs. */
    static Optional<Path> find(String program) {
        if (program.startsWith("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        return Stream
                .concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(directory -> !directory.isEmpty()).map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable).findFirst();
    }

    /** A program and the Debian package that brings it. */
    private record Needed(String program, String debianPackage) {}
}
