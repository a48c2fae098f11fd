package dev.longshore.apiserver;

import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.resources.ClusterConfig;
import java.net.InetSocketAddress;

/**
 * What an API server needs to know.
 *
 * @param http       where the HTTPS edge listens; port 0 takes a free one
 * @param grpc       where the gRPC edge listens; port 0 takes a free one
 * @param advertised {@code host:port} under which clients reach the HTTPS edge
 * @param server     the certificate of both edges; clients are known by certificates of the same authority
 */
public record ApiServerConfig(StoreChoice store, InetSocketAddress http, InetSocketAddress grpc, String advertised,
        Credential server, ClusterConfig cluster) {
}
