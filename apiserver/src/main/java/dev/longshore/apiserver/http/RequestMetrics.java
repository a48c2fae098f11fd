package dev.longshore.apiserver.http;

import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.common.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the HTTP edge tells about requests, under the names of Kubernetes' API server. Any thread. */
final class RequestMetrics {
    /** Kubernetes API server: buckets of apiserver_request_duration_seconds, in milliseconds; every second one. */
    private static final Duration[] BUCKETS = Stream.of(5, 25, 50, 100, 200, 400, 800, 1_500, 3_000, 6_000, 15_000,
            30_000, 60_000).map(Duration::ofMillis).toArray(Duration[]::new);

    private final Metrics metrics;
    private final Clock clock;
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger mutating = new AtomicInteger();
    private final AtomicInteger longRunning = new AtomicInteger();

    RequestMetrics(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        gauge("apiserver_current_inflight_requests", Tags.of("request_kind", "readOnly"), reading);
        gauge("apiserver_current_inflight_requests", Tags.of("request_kind", "mutating"), mutating);
        gauge("apiserver_longrunning_requests", Tags.empty(), longRunning);
    }

    private void gauge(String name, Tags tags, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).tags(tags).register(metrics.registry());
    }

    /** Counts the exchange from now until it has ended. */
    void observe(Exchange exchange, RequestInfo request) {
        AtomicInteger running = running(request);
        running.incrementAndGet();
        long startNanos = clock.nanos();
        exchange.onClosed(() -> {
            running.decrementAndGet();
            record(exchange.status(), request, clock.nanos() - startNanos);
        });
    }

    private AtomicInteger running(RequestInfo request) {
        if (request.longRunning()) {
            return longRunning;
        }
        return switch (request.verb()) {
            case "get", "list", "watch", "head" -> reading;
            default -> mutating;
        };
    }

    private void record(int status, RequestInfo request, long nanos) {
        Tags what = Tags.of("verb", verb(request), "group", request.group(), "version", request.version(), "resource",
                request.plural(), "subresource", request.resource() ? request.subresource() : plainPath(request),
                "scope", scope(request), "component", "apiserver");
        Counter.builder("apiserver_request").tags(what).tag("code", Integer.toString(status == 0 ? 499 : status))
                .register(metrics.registry()).increment();
        if (!request.longRunning()) {
            Timer.builder("apiserver_request_duration").tags(what).serviceLevelObjectives(BUCKETS)
                    .register(metrics.registry()).record(Duration.ofNanos(nanos));
        }
    }

    /** Only known paths become labels: their number must not depend on what clients invent. */
    private static String plainPath(RequestInfo request) {
        return switch (request.path()) {
            case "/healthz", "/livez", "/readyz", "/metrics", "/version", "/api", "/apis", "/openapi/v2",
                    "/openapi/v3" ->
                request.path();
            default -> "";
        };
    }

    private static String verb(RequestInfo request) {
        return switch (request.verb()) {
            case "create" -> "POST";
            case "update" -> "PUT";
            case "get", "list", "watch", "patch", "delete", "deletecollection", "head" ->
                request.verb().toUpperCase(Locale.ROOT);
            default -> "OTHER";
        };
    }

    private static String scope(RequestInfo request) {
        return !request.resource()
                ? ""
                : !request.name().isEmpty()
                        ? "resource"
                        : request.namespace().isEmpty() ? "cluster" : "namespace";
    }
}
