package dev.longshore.bench.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of a run, in the order in which they were started; {@link #close} ends them in the other. */
final class Children implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Path directory;
    private final Map<String, Process> processes = new LinkedHashMap<>();

    Children(Path directory) {
        this.directory = directory;
    }

    /** Starts a process whose output goes to a file of its name. */
    void start(String name, List<String> command) throws IOException {
        processes.put(name, new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile())).start());
    }

    /** Kills one as {@code kill -9} does, and returns when it is gone. */
    void kill(String name) throws InterruptedException {
        processes.get(name).destroyForcibly().waitFor();
    }

    /** Stops one where it is, or lets it go on, as {@code kill -STOP} and {@code kill -CONT} do. */
    void signal(String name, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(processes.get(name).pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("cannot send " + signal + " to " + name);
        }
    }

    /** Fails with what a process said last if one has ended. */
    void requireAlive() throws IOException {
        for (Map.Entry<String, Process> each : processes.entrySet()) {
            if (!each.getValue().isAlive()) {
                List<String> log = Files.readAllLines(directory.resolve(each.getKey() + ".log"));
                throw new IOException(each.getKey() + " has ended: " + (log.isEmpty() ? "" : log.getLast()));
            }
        }
    }

    /** What each has used of the processors so far. */
    Map<String, Duration> cpu() {
        Map<String, Duration> used = new LinkedHashMap<>();
        processes.forEach((name, process) -> used.put(name,
                process.info().totalCpuDuration().orElse(Duration.ZERO)));
        return used;
    }

    /** What each holds of the memory, in bytes. */
    Map<String, Long> memory() throws IOException {
        Map<String, Long> held = new LinkedHashMap<>();
        for (Map.Entry<String, Process> each : processes.entrySet()) {
            held.put(each.getKey(), residentBytes(each.getValue().pid()));
        }
        return held;
    }

    private static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kib -> Long.parseLong(kib) << 10).findFirst().orElse(0);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        List<Process> reversed = new ArrayList<>(processes.values()).reversed();
        try {
            for (Process process : reversed) {
                process.destroy();
                if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            reversed.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
