package dev.longshore.agent.node;

import dev.longshore.agent.images.OciImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what this machine has from /proc, /sys and /etc. */
public final class NodeFactsReader {
    private static final long BYTES_PER_KIB = 1024;
    private static final long MILLIS_PER_CPU = 1000;
    /** Above this a cgroup's memory limit means "none" (version 1 writes a number near 2^63). */
    private static final long NO_LIMIT_BYTES = 1L << 60;

    private NodeFactsReader() {
    }

    /** @param dataDir whose filesystem counts as the node's storage */
    public static MachineFacts read(Path dataDir) throws IOException {
        return new MachineFacts(Runtime.getRuntime().availableProcessors() * MILLIS_PER_CPU, memory(),
                Files.getFileStore(dataDir).getTotalSpace(), text("/etc/machine-id"),
                text("/sys/class/dmi/id/product_uuid"), text("/proc/sys/kernel/random/boot_id"),
                text("/proc/sys/kernel/osrelease"), osImage(), OciImageWriter.architecture());
    }

    private static long memory() throws IOException {
        long machine = totalMemory(Files.readAllLines(Path.of("/proc/meminfo")));
        // In a container of someone else's the limit of the group is what there is.
        return Stream.of("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory.max")
                .map(NodeFactsReader::text).filter(text -> text.matches("[0-9]{1,18}")).map(Long::parseLong)
                .filter(limit -> limit > 0 && limit < NO_LIMIT_BYTES).findFirst()
                .map(limit -> Math.min(limit, machine)).orElse(machine);
    }

    static long totalMemory(List<String> meminfo) {
        return meminfo.stream().filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB).findFirst().orElse(0L);
    }

    private static String osImage() throws IOException {
        Path release = Path.of("/etc/os-release");
        Optional<String> name = Files.exists(release)
                ? Files.readAllLines(release).stream().filter(line -> line.startsWith("PRETTY_NAME=")).findFirst()
                : Optional.empty();
        return name.map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", "")).orElse("Linux");
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
