package dev.longshore.apiserver;

import dev.longshore.apiserver.pki.Credential;
import dev.longshore.apiserver.resources.ClusterConfig;
import java.net.InetSocketAddress;

/**
 * What an API server needs to know.
 *
 * @param http       where the HTTPS edge listens; port 0 takes a free one
 * @param grpc       where the gRPC edge listens; port 0 takes a free one
 * @param advertised under which clients and pods reach the HTTPS edge; resolved, IPv4
 * @param server     the certificate of both edges; clients are known by certificates of the same authority
 */
public record ApiServerConfig(StoreChoice store, InetSocketAddress http, InetSocketAddress grpc,
        InetSocketAddress advertised,
        Credential server, ClusterConfig cluster) {}
