package dev.longshore.agent.containerd;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The containerd of one agent. It runs in a session of its own, so neither the end of the agent nor a signal to the
 * agent's process group reaches it, and the containers live on.
 */
public final class Containerd {
    private static final System.Logger LOG = System.getLogger(Containerd.class.getName());
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;

    private final ContainerdConfig config;

    public Containerd(ContainerdConfig config) {
        this.config = config;
    }

    /** What {@link #ensureRunning} found or did. */
    public enum Outcome {
        ADOPTED, STARTED
    }

    public ContainerdConfig config() {
        return config;
    }

    /** Which snapshotter the configuration names on this machine. */
    public String snapshotter() throws IOException {
        return ContainerdToml.snapshotter(Machine.inspect(config.cniBinDirs()));
    }

    /** Returns once containerd accepts connections, whether it ran before or had to be started. */
    public Outcome ensureRunning() throws IOException, InterruptedException {
        if (accepts()) {
            return Outcome.ADOPTED;
        }
        Optional<ProcessHandle> running = process();
        if (running.isPresent() && awaitSocket(running.get())) {
            return Outcome.ADOPTED;
        }
        if (running.isPresent()) {
            end(running.get());
        }
        start();
        return Outcome.STARTED;
    }

    /** Whether someone listens on the socket. */
    public boolean accepts() {
        if (!Files.exists(config.socket())) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(config.socket()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends containerd itself; containers that still run go on under their shims. */
    public void stop() throws InterruptedException {
        process().ifPresent(this::end);
    }

    /** The process whose id the file names, if it still is this containerd. */
    public Optional<ProcessHandle> process() {
        try {
            long pid = Long.parseLong(Files.readString(config.pidFile()).trim());
            String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
            return line.contains(config.configFile().toString()) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void start() throws IOException, InterruptedException {
        Files.createDirectories(config.root());
        Files.createDirectories(config.stateDir());
        Files.createDirectories(config.cniConfDir());
        Files.writeString(config.configFile(), ContainerdToml.render(config, Machine.inspect(config.cniBinDirs())));
        // setsid replaces itself by containerd, so the process we start is containerd.
        Process process = new ProcessBuilder("setsid", config.binary(), "--config", config.configFile().toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(config.logFile().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        Files.writeString(config.pidFile(), Long.toString(process.pid()));
        LOG.log(System.Logger.Level.INFO, "containerd=started pid=" + process.pid() + " socket=" + config.socket());
        if (!awaitSocket(process.toHandle())) {
            throw new IOException("containerd did not start: see " + config.logFile() + lastLines());
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(config.logFile());
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private boolean awaitSocket(ProcessHandle process) throws InterruptedException {
        for (long left = START_LIMIT.toMillis(); left > 0; left -= POLL_MILLIS) {
            if (accepts()) {
                return true;
            }
            if (ended(process, POLL_MILLIS)) {
                return false;
            }
        }
        return false;
    }

    private void end(ProcessHandle process) {
        process.destroy();
        if (!ended(process, STOP_LIMIT.toMillis())) {
            process.destroyForcibly();
            ended(process, STOP_LIMIT.toMillis());
        }
    }

    private static boolean ended(ProcessHandle process, long limitMillis) {
        try {
            process.onExit().get(limitMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
