package dev.longshore.bench.endtoend;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.client.ApiClient;
import dev.longshore.client.CreateOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;

/** A way to create pods from any number of threads. */
interface PodClient {
    /** A create that is ready to be sent; it answers when the server did. */
    Callable<Void> creating(List<Pod> pods);

    /** Protobuf over gRPC, all pods of a create in one call. */
    static PodClient grpc(ApiClient client) {
        return pods -> () -> {
            for (CreateOutcome<Pod> outcome : client.createEach(ResourceTypes.PODS, pods)) {
                if (outcome instanceof CreateOutcome.Refused<Pod>(ApiException cause)) {
                    throw cause;
                }
            }
            return null;
        };
    }

    /** JSON over HTTP/1.1 with TLS, as most clients of Kubernetes do; connections are kept. One pod for each create. */
    static PodClient http(URI server, Credential credential) throws GeneralSecurityException, IOException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .sslContext(credential.clientContext())
                .build();
        URI pods = server.resolve("/api/v1/namespaces/default/pods");
        return one -> {
            Pod pod = one.getFirst();
            HttpRequest request = HttpRequest.newBuilder(pods).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JsonCodec.write(pod))).build();
            return () -> {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() != 201) {
                    throw new IOException("create was answered with " + response.statusCode());
                }
                return null;
            };
        };
    }
}
