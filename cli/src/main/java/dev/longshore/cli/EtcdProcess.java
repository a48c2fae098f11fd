package dev.longshore.cli;

import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.store.EtcdConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The etcd that {@code up --store etcd} runs on this machine: one member on loopback, which clients must show a
 * certificate to. It outlives the cluster's process, so a crash of that one costs no etcd.
 */
final class EtcdProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final List<String> NAMES = List.of("127.0.0.1", "localhost");

    private final DataDirectory directory;
    private final int clientPort;
    private final BackgroundProcess process;

    EtcdProcess(DataDirectory directory, Settings settings) {
        this.directory = directory;
        this.clientPort = settings.etcdPort();
        this.process = new BackgroundProcess(directory.root().resolve("etcd.process"));
    }

    /** How the API server of this directory reaches it. */
    static EtcdConfig access(DataDirectory directory, ClusterCertificates certificates)
            throws IOException, GeneralSecurityException {
        certificates.etcdClient();
        return StoreUrls.parse("https://127.0.0.1:" + Settings.load(directory.settings()).etcdPort(), directory.pki());
    }

    boolean running() {
        return process.running().isPresent();
    }

    /** Starts it unless it runs; returns when it accepts connections. */
    void ensure(Terminal terminal, ClusterCertificates certificates)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (running()) {
            return;
        }
        certificates.etcdServer(NAMES);
        Files.createDirectories(directory.etcd());
        Path log = directory.root().resolve("etcd.log");
        Process started = process.start(commandLine(), Map.of(), log);
        boolean accepts = terminal.progress("starting etcd", () -> accepts() || !started.isAlive(), START_LIMIT);
        if (!accepts || !started.isAlive()) {
            throw new CommandFailure("etcd did not start; its log: " + log);
        }
    }

    private List<String> commandLine() {
        Path pki = directory.pki();
        String client = "https://127.0.0.1:" + clientPort;
        String peer = "http://127.0.0.1:" + (clientPort + 1);
        return List.of("etcd", "--name", "longshore", "--data-dir", directory.etcd().toString(), "--listen-client-urls",
                client, "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls",
                peer, "--initial-cluster", "longshore=" + peer, "--cert-file",
                pki.resolve("etcd-server.crt").toString(),
                "--key-file", pki.resolve("etcd-server.key").toString(), "--trusted-ca-file",
                pki.resolve("ca.crt").toString(), "--client-cert-auth",
                // The gateway would dial etcd with the server's certificate, which is none for clients.
                "--enable-grpc-gateway=false", "--logger", "zap", "--log-level", "warn");
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", clientPort), (int) CONNECT_LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void stop(Terminal terminal) throws InterruptedException {
        if (!process.stop(STOP_LIMIT, terminal.waiting())) {
            terminal.say("etcd did not end by itself and was killed");
        }
    }
}
