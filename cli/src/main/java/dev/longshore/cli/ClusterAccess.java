package dev.longshore.cli;

import dev.longshore.client.ApiClient;
import dev.longshore.client.grpc.ClientTls;
import dev.longshore.client.grpc.Endpoints;
import dev.longshore.client.grpc.GrpcApiClient;
import dev.longshore.client.grpc.InsightClient;
import dev.longshore.common.time.Environment;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A component's or a command's way to the API servers: gRPC with a client certificate. */
final class ClusterAccess implements AutoCloseable {
    private final Endpoints endpoints;
    private final GrpcApiClient client;

    private ClusterAccess(Endpoints endpoints, String fieldManager) {
        this.endpoints = endpoints;
        this.client = new GrpcApiClient(endpoints, fieldManager);
    }

    /**
     * @param certificate names the files {@code NAME.crt} and {@code NAME.key} in {@code pki}
     * @throws CommandFailure when the certificates cannot be read
     */
    static ClusterAccess open(List<String> servers, Path pki, String certificate, Environment environment) {
        try {
            return new ClusterAccess(new Endpoints(servers, ClientTls.read(pki, certificate), environment.tasks()),
                    "longshore-" + certificate);
        } catch (IOException e) {
            throw new CommandFailure("cannot use the certificates ca.crt, " + certificate + ".crt and " + certificate
                    + ".key in " + pki + ": " + e.getMessage());
        }
    }

    /** The administrator of a cluster on this machine. */
    static ClusterAccess administrator(DataDirectory directory, Environment environment) {
        Settings settings = Settings.load(directory.settings());
        if (new BackgroundProcess(directory.processFile()).running().isEmpty()) {
            throw new CommandFailure(
                    "the cluster in " + directory.root() + " is not running; start it with 'longshore up'");
        }
        return open(List.of("localhost:" + settings.grpcPort()), directory.pki(), "admin", environment);
    }

    ApiClient client() {
        return client;
    }

    InsightClient insight() {
        return new InsightClient(endpoints);
    }

    List<Channel> tunnels() {
        return endpoints.all();
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
