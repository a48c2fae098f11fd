package dev.longshore.cli;

import dev.longshore.apiserver.ApiServer;
import dev.longshore.apiserver.ApiServerConfig;
import dev.longshore.apiserver.StoreChoice;
import dev.longshore.apiserver.pki.ClusterCertificates;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.plugins.Profiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an API server alone. */
@Command(name = "apiserver", mixinStandardHelpOptions = true, description = {"Runs an API server.", "",
        "Certificates come from --pki-dir, which 'longshore certificates' fills: ca.crt, apiserver.crt and .key,",
        "and for an etcd with https also etcd-client.crt and .key."})
final class ApiServerCommand implements Callable<Integer> {
    @Option(names = "--pki-dir", required = true, paramLabel = "DIR", description = "Directory of the certificates.")
    private Path pki;

    @Option(names = "--store", required = true, paramLabel = "URL,..", description = "The URLs of etcd, comma-separated.")
    private String store;

    @Option(names = "--bind", defaultValue = "0.0.0.0", paramLabel = "ADDRESS", description = "Address to listen on (default: all).")
    private InetAddress bind;

    @Option(names = "--port", defaultValue = "6443", paramLabel = "P", description = "Port of the Kubernetes API (default: 6443).")
    private int port;

    @Option(names = "--grpc-port", defaultValue = "6444", paramLabel = "P", description = "Port of the gRPC API (default: 6444).")
    private int grpcPort;

    @Option(names = "--advertise", paramLabel = "ADDRESS", description = "Address at which pods and clients reach this server (default: this machine's).")
    private String advertise;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.apply();
        try (SystemEnvironment system = new SystemEnvironment()) {
            String address = advertise != null ? advertise : Addresses.ofThisMachine();
            Metrics metrics = new Metrics();
            metrics.bindProcess();
            ApiServerConfig config = new ApiServerConfig(new StoreChoice.Etcd(StoreUrls.parse(store, pki)),
                    new InetSocketAddress(bind, port), new InetSocketAddress(bind, grpcPort),
                    new InetSocketAddress(address, port),
                    ClusterCertificates.load(pki, "apiserver"), ClusterConfig.standard());
            ComponentProcess.run(() -> List
                    .of(new ApiServer(config, views -> Insight.services(views, Profiles.standard()),
                            system.environment(), metrics,
                            ComponentProcess.faults())));
        }
        return 0;
    }
}
