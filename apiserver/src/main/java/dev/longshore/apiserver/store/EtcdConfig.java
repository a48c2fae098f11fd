package dev.longshore.apiserver.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to reach etcd.
 *
 * @param endpoints client URLs, {@code https} if there is a {@code tls}: {@code http://127.0.0.1:2379}
 * @param keyPrefix put before every key; "" to use the keys as they are
 * @param tls       certificates; empty for plain text, which is for one machine's loopback only
 */
public record EtcdConfig(List<URI> endpoints, String keyPrefix, Optional<Tls> tls) {
    /** PEM files: the CA that signed the server, and the client's own certificate and key. */
    public record Tls(Path ca, Path certificate, Path key) {}
}
