package dev.longshore.bench.endtoend;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.grpc.ClientTls;
import dev.longshore.client.grpc.Endpoints;
import dev.longshore.client.grpc.GrpcApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** etcd, an API server and a scheduler as processes of their own on loopback, and ways to talk to them. */
final class ControlPlane implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final String ADDRESS = "127.0.0.1";
    private static final String MAIN = "dev.longshore.cli.Main";
    /** Room for 150,000 pods; the collector of one thread that the launcher chooses for components, too. */
    private static final List<String> JAVA_FLAGS = List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders", "-Xmx3g");

    private final Path directory;
    private final Environment environment;
    private final Children children;
    private final int etcdPort = Children.freePort();
    private final int httpPort = Children.freePort();
    private final int grpcPort = Children.freePort();
    private final Credential administrator;
    private final Endpoints endpoints;
    private final ApiClient client;

    ControlPlane(Path directory, Environment environment) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.environment = environment;
        this.children = new Children(directory);
        ClusterCertificates certificates = ClusterCertificates.ensure(pki(), List.of(ADDRESS, "localhost"),
                environment.clock());
        certificates.scheduler();
        this.administrator = certificates.admin();
        this.endpoints = new Endpoints(List.of(ADDRESS + ":" + grpcPort), new ClientTls(administrator.authorityPem(),
                administrator.certificatePem(), administrator.keyPem()), environment.tasks());
        this.client = new GrpcApiClient(endpoints, "longshore-bench");
    }

    private Path pki() {
        return directory.resolve("pki");
    }

    /** Returns when the API server answers. @param profile where the flight recorder writes, if it shall run */
    void start(Optional<Path> profile) throws IOException, InterruptedException {
        String peer = "http://" + ADDRESS + ":" + Children.freePort();
        children.start("etcd", List.of("etcd", "--name", "bench", "--data-dir", directory.resolve("etcd").toString(),
                "--listen-client-urls", etcdUrl(), "--advertise-client-urls", etcdUrl(), "--listen-peer-urls", peer,
                "--initial-advertise-peer-urls", peer, "--initial-cluster", "bench=" + peer, "--logger", "zap",
                "--log-level", "warn", "--quota-backend-bytes", Long.toString(8L << 30)));
        require(this::etcdListens, "etcd");
        children.start("apiserver", java("apiserver", profile, "--pki-dir", pki().toString(), "--store", etcdUrl(),
                "--bind", ADDRESS, "--advertise", ADDRESS, "--port", Integer.toString(httpPort), "--grpc-port",
                Integer.toString(grpcPort)));
        require(this::answers, "the API server");
        startScheduler("scheduler", profile);
    }

    /** Of several, one leads. */
    void startScheduler(String name, Optional<Path> profile) throws IOException {
        children.start(name, java("scheduler", profile, "--pki-dir", pki().toString(), "--api",
                ADDRESS + ":" + grpcPort));
    }

    private String etcdUrl() {
        return "http://" + ADDRESS + ":" + etcdPort;
    }

    private static List<String> java(String component, Optional<Path> profile, String... words) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(JAVA_FLAGS);
        Optional.ofNullable(System.getenv("LONGSHORE_AOT_CACHE")).ifPresent(
                file -> command.add("-XX:AOTCache=" + file));
        profile.ifPresent(file -> command.add("-XX:StartFlightRecording=settings=profile,filename="
                + file.resolveSibling(file.getFileName() + "-" + component + ".jfr")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, component));
        command.addAll(List.of(words));
        return command;
    }

    private boolean etcdListens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, etcdPort), (int) STEP.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private boolean answers() {
        try {
            client.list(ResourceTypes.NAMESPACES, Query.all());
            return true;
        } catch (ApiException _) {
            return false;
        }
    }

    private void require(BooleanSupplier ready, String what)
            throws IOException, InterruptedException {
        if (!new Waiting(environment, STEP).until(ready, START_LIMIT)) {
            children.requireAlive();
            throw new IOException(what + " did not answer within " + START_LIMIT.toSeconds() + " s");
        }
    }

    Children children() {
        return children;
    }

    /** As the administrator, by gRPC. */
    ApiClient client() {
        return client;
    }

    Credential administrator() {
        return administrator;
    }

    URI httpUrl() {
        return URI.create("https://" + ADDRESS + ":" + httpPort);
    }

    URI storeUrl() {
        return URI.create(etcdUrl());
    }

    @Override
    public void close() throws IOException {
        endpoints.close();
        children.close();
    }
}
