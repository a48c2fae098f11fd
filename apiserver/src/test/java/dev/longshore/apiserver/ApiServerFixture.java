package dev.longshore.apiserver;

import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.client.ApiClient;
import dev.longshore.client.grpc.ClientTls;
import dev.longshore.client.grpc.Endpoints;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.SystemEnvironment;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** An API server over a store in memory on free loopback ports, with certificates of its own. */
public final class ApiServerFixture implements AutoCloseable {
    public final SystemEnvironment system = new SystemEnvironment();
    public final ClusterCertificates certificates;
    public final ApiServer server;

    public ApiServerFixture(Path directory) throws Exception {
        certificates = ClusterCertificates.ensure(directory, List.of("127.0.0.1", "localhost"),
                system.environment().clock());
        InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
        server = new ApiServer(
                new ApiServerConfig(new StoreChoice.Memory(), free, free, new InetSocketAddress("127.0.0.1", 6443),
                        certificates.server(), ClusterConfig.standard()),
                system.environment(), new Metrics(),
                (component, cause) -> {
                    throw new AssertionError(component, cause);
                });
        server.start();
    }

    public String url() {
        return "https://127.0.0.1:" + server.httpPort();
    }

    public ApiClient admin() {
        return server.inProcess(new User("test", "", List.of("system:masters", "system:authenticated")));
    }

    /** Connections to the gRPC edge as the holder of {@code credential}. */
    public Endpoints endpoints(Credential credential) throws SSLException {
        ClientTls tls = new ClientTls(credential.authorityPem(), credential.certificatePem(), credential.keyPem());
        return new Endpoints(List.of("127.0.0.1:" + server.grpcPort()), tls, system.environment().tasks());
    }

    /** A kubeconfig of the administrator. */
    public Path kubeconfig(Path file) throws Exception {
        certificates.writeKubeconfig(file, url(), certificates.admin());
        return file;
    }

    @Override
    public void close() throws InterruptedException {
        server.beginStop();
        server.awaitStopped(Duration.ofSeconds(5));
        system.close();
    }
}
