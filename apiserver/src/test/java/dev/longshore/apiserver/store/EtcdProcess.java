package dev.longshore.apiserver.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real etcd with one member, on free loopback ports and a directory of the test's own. It can be killed and started
 * again on the same data.
 */
public final class EtcdProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final long STOP_LIMIT_SECONDS = 10;

    private final Path binary;
    private final Path directory;
    private final int clientPort;
    private final int peerPort;
    private Optional<Process> process = Optional.empty();

    private EtcdProcess(Path binary, Path directory) throws IOException {
        this.binary = binary;
        this.directory = directory;
        try (ServerSocket client = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.clientPort = client.getLocalPort();
            this.peerPort = peer.getLocalPort();
        }
    }

    /** Starts etcd and waits until it takes connections; the test is skipped where there is no etcd. */
    public static EtcdProcess start(Path directory) throws IOException {
        Optional<Path> binary = find();
        Assumptions.assumeTrue(binary.isPresent(), "skipped: there is no etcd on the PATH (Debian: etcd-server)");
        EtcdProcess etcd = new EtcdProcess(binary.get(), directory);
        etcd.start();
        return etcd;
    }

    private static Optional<Path> find() {
        for (String folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            Path candidate = Path.of(folder, "etcd");
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The client URL. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    /** Starts it again after {@link #kill}. */
    public void start() throws IOException {
        String client = endpoint().toString();
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--name", "test", "--data-dir",
                directory.resolve("data").toString(), "--listen-client-urls", client, "--advertise-client-urls", client,
                "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster",
                "test=" + peer));
        Process started = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("etcd.log").toFile())).start();
        process = Optional.of(started);
        Awaitility.await("etcd takes connections").atMost(START_LIMIT).until(() -> accepts(started));
    }

    private boolean accepts(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IOException("etcd ended: " + Files.readString(directory.resolve("etcd.log")));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        process = Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
