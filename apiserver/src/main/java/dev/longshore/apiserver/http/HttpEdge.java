package dev.longshore.apiserver.http;

import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.discovery.Discovery;
import dev.longshore.apiserver.health.HealthChecks;
import dev.longshore.apiserver.openapi.OpenApi;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.table.Tables;
import dev.longshore.apiserver.tunnel.NodeTunnels;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Environment;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** Wires the HTTPS edge. */
public final class HttpEdge {
    private HttpEdge() {
    }

    /**
     * What the edge answers from.
     *
     * @param advertised {@code host:port} under which clients reach this server
     */
    public record Backend(Registry registry, Resources resources, NodeTunnels tunnels, HealthChecks health,
            Authorizer authorizer, Metrics metrics, String advertised) {}

    /** @param server the certificate to show; clients' certificates must come from the same authority */
    public static NettyHttpServer create(InetSocketAddress address, Credential server, Backend backend,
            Environment environment) throws SSLException {
        AnswerWriter answers = new AnswerWriter(new Tables(environment.clock()));
        Registry registry = backend.registry();
        ApiHandler.Parts parts = new ApiHandler.Parts(backend.resources(),
                new ResourceHandler(registry, answers, new WatchHandler(registry, answers, environment)),
                new SubresourceHandler(registry),
                new PodStreamHandler(registry, backend.tunnels(), environment.clock()),
                new PathHandler(new Discovery(backend.resources(), backend.advertised()),
                        new OpenApi(backend.resources()), backend.health(), backend.metrics()),
                new RequestMetrics(backend.metrics(), environment.clock()));
        return new NettyHttpServer(address, EdgeTls.context(server),
                new ApiHandler(parts, backend.authorizer(), environment), environment.tasks());
    }
}
