package dev.longshore.cli;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.metrics.MetricsEndpoint;
import dev.longshore.common.time.Environment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;

/** The options of components that are clients of the API servers. */
class ClientOptions {
    @Option(names = "--api", required = true, split = ",", paramLabel = "HOST:PORT", description = "The gRPC addresses of the API servers, comma-separated; each is tried in turn.")
    private List<String> servers;

    @Option(names = "--pki-dir", required = true, paramLabel = "DIR", description = "Directory of the certificates: ca.crt, and the component's own .crt and .key.")
    private Path pki;

    @Option(names = "--metrics-bind", defaultValue = "127.0.0.1", paramLabel = "ADDRESS", description = "Where /metrics and /healthz listen, without TLS (default: 127.0.0.1).")
    private InetAddress metricsAddress;

    @Option(names = "--metrics-port", defaultValue = "0", paramLabel = "P", description = "Port of /metrics and /healthz (default: one that is free).")
    private int metricsPort;

    List<String> servers() {
        for (String server : servers) {
            if (!server.matches(".+:[0-9]{1,5}")) {
                throw new CommandFailure("--api: '" + server + "' is no HOST:PORT");
            }
        }
        return servers;
    }

    Path pki() {
        return pki;
    }

    ClusterAccess open(String certificate, Environment environment) {
        return ClusterAccess.open(servers(), pki, certificate, environment);
    }

    Component metrics(Metrics metrics, BooleanSupplier healthy, Environment environment) {
        return new MetricsEndpoint(new InetSocketAddress(metricsAddress, metricsPort), metrics, healthy,
                environment.tasks());
    }
}
