package dev.longshore.common.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.common.lifecycle.Component;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * {@code /metrics} and {@code /healthz} of a component that has no other port. Plain HTTP, so it listens on loopback
 * unless told otherwise.
 */
public final class MetricsEndpoint implements Component {
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final InetSocketAddress address;
    private final Metrics metrics;
    private final BooleanSupplier healthy;
    private final Executor tasks;
    private HttpServer server;

    public MetricsEndpoint(InetSocketAddress address, Metrics metrics, BooleanSupplier healthy, Executor tasks) {
        this.address = address;
        this.metrics = metrics;
        this.healthy = healthy;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public void start() throws IOException {
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(tasks);
        server.createContext("/metrics", exchange -> answer(exchange, OK, Metrics.CONTENT_TYPE, metrics.scrape()));
        server.createContext("/healthz", exchange -> {
            boolean good = healthy.getAsBoolean();
            answer(exchange, good ? OK : UNAVAILABLE, "text/plain", good ? "ok" : "not ready");
        });
        server.start();
    }

    /** Only while started. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int code, String type, String body) throws IOException {
        try (exchange) {
            boolean reads = exchange.getRequestMethod().equals("GET");
            byte[] bytes = (reads ? body : "only GET\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reads ? type : "text/plain");
            exchange.sendResponseHeaders(reads ? code : METHOD_NOT_ALLOWED, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void beginStop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Override
    public boolean awaitStopped(Duration limit) {
        return true;
    }
}
