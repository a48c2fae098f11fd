package dev.longshore.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
    @Test
    void servesMetricsAndHealthAndNothingIsWritten() throws Exception {
        Metrics metrics = new Metrics();
        metrics.registry().counter("pods.started").increment();
        AtomicBoolean healthy = new AtomicBoolean();
        MetricsEndpoint endpoint = new MetricsEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                metrics, healthy::get, Runnable::run);
        endpoint.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + endpoint.port());
            assertThat(get(client, base.resolve("/metrics")).body()).contains("pods_started_total 1.0");
            assertThat(get(client, base.resolve("/healthz")).statusCode()).isEqualTo(503);
            healthy.set(true);
            assertThat(get(client, base.resolve("/healthz")).body()).isEqualTo("ok");
            HttpRequest post = HttpRequest.newBuilder(base.resolve("/metrics"))
                    .POST(HttpRequest.BodyPublishers.ofString("x")).build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        } finally {
            endpoint.beginStop();
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
