package dev.longshore.apiserver.grpc;

import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.tunnel.TunnelHub;
import dev.longshore.common.lifecycle.Component;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The gRPC server: Resources, Binding, NodeTunnel, health, further services and, for administrators, reflection. */
public final class GrpcEdge implements Component {
    private static final int MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int METADATA_BYTES = 64 * 1024;
    private static final int CALLS_PER_CONNECTION = 1_000;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /** Clients may ping this often. */
    private static final Duration PERMITTED_PING = Duration.ofSeconds(10);
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Server server;

    /**
     * What the edge answers from.
     *
     * @param more further services; whoever calls one must be allowed to {@code get} the path of its method
     */
    public record Backend(Registry registry, Resources resources, TunnelHub tunnels, Authorizer authorizer,
            List<BindableService> more) {
        public Backend {
            more = List.copyOf(more);
        }
    }

    public GrpcEdge(InetSocketAddress address, Credential credential, Backend backend, Executor tasks)
            throws SSLException {
        this.address = address;
        Access access = new Access(backend.resources(), backend.authorizer());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address).sslContext(tls(credential)).executor(tasks)
                .maxInboundMessageSize(MESSAGE_BYTES).maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .handshakeTimeout(HANDSHAKE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(PERMITTED_PING.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new CallUser(backend.authorizer(), guarded(backend.more())))
                .addService(new ResourcesService(backend.registry(), access))
                .addService(new BindingService(backend.registry(), access))
                .addService(new TunnelService(backend.tunnels())).addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance());
        backend.more().forEach(builder::addService);
        this.server = builder.build();
    }

    private static Set<String> guarded(List<BindableService> services) {
        return services.stream().map(service -> service.bindService().getServiceDescriptor().getName())
                .collect(Collectors.toSet());
    }

    private static SslContext tls(Credential credential) throws SSLException {
        return GrpcSslContexts.configure(SslContextBuilder
                .forServer(credential.key(), credential.certificate(), credential.authority())
                .trustManager(credential.authority()).clientAuth(ClientAuth.REQUIRE).protocols("TLSv1.3", "TLSv1.2"))
                .build();
    }

    @Override
    public String name() {
        return "grpc-edge";
    }

    @Override
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** The port in use, also when 0 was asked for. Only while started. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void beginStop() {
        health.enterTerminalState();
        server.shutdownNow();
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return server.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
