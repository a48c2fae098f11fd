package dev.longshore.agent.containerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine allows containerd to do. */
final class Machine {
    /** The bit of CAP_SYS_RESOURCE in /proc/self/status (Linux, capabilities(7)). */
    private static final int CAP_SYS_RESOURCE = 24;

    private Machine() {
    }

    static ContainerdToml.Host inspect(List<Path> cniBinDirs) throws IOException {
        return new ContainerdToml.Host(hasCapability(Files.readAllLines(Path.of("/proc/self/status"))),
                hasOverlay(Files.readAllLines(Path.of("/proc/filesystems"))),
                cniBinDirs.stream().filter(dir -> Files.exists(dir.resolve("bridge"))).findFirst()
                        .orElse(cniBinDirs.getFirst()));
    }

    static boolean hasCapability(List<String> status) {
        return status.stream().filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).trim(), 16))
                .anyMatch(bits -> (bits >>> CAP_SYS_RESOURCE & 1) == 1);
    }

    private static boolean hasOverlay(List<String> filesystems) {
        // Absent means not loaded yet: modprobe is tried by whoever mounts first, so a module on disk counts too.
        return filesystems.stream().anyMatch(line -> line.trim().endsWith("overlay"))
                || Files.exists(Path.of("/sys/module/overlay"));
    }
}
