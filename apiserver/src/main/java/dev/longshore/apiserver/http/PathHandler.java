package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.discovery.Discovery;
import dev.longshore.apiserver.discovery.Document;
import dev.longshore.apiserver.health.HealthChecks;
import dev.longshore.apiserver.openapi.OpenApi;
import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.common.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Requests about paths that are no resources: discovery, OpenAPI, health, version, metrics. Stateless. */
final class PathHandler {
    private final Discovery discovery;
    private final OpenApi openApi;
    private final HealthChecks health;
    private final Metrics metrics;

    PathHandler(Discovery discovery, OpenApi openApi, HealthChecks health, Metrics metrics) {
        this.discovery = discovery;
        this.openApi = openApi;
        this.health = health;
        this.metrics = metrics;
    }

    void handle(Exchange exchange, RequestInfo request) {
        if (!request.verb().equals("get") && !request.verb().equals("head")) {
            throw known(exchange)
                    ? ApiException.of(Reason.METHOD_NOT_ALLOWED,
                            "the server does not allow this method on the requested resource")
                    : ApiHandler.unknown();
        }
        Optional<Document> document = document(exchange);
        if (document.isPresent()) {
            respond(exchange, document.get());
            return;
        }
        String path = exchange.path();
        if (path.equals("/metrics")) {
            exchange.respond(Response.of(200, Metrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8)));
            return;
        }
        HealthChecks.Answer answer = health
                .answer(path, exchange.query().flag("verbose"), exchange.query().all("exclude"))
                .orElseThrow(ApiHandler::unknown);
        exchange.respond(Response.text(answer.healthy() ? 200 : 500, answer.text()));
    }

    private boolean known(Exchange exchange) {
        return exchange.path().equals("/metrics") || document(exchange).isPresent();
    }

    private Optional<Document> document(Exchange exchange) {
        return discovery.document(exchange.path(), exchange.header("Accept"))
                .or(() -> openApi.document(exchange.path(), exchange.header("Accept")));
    }

    private static void respond(Exchange exchange, Document document) {
        List<Header> headers = List.of(Header.contentType(document.contentType()), new Header("ETag", document.etag()),
                new Header("Vary", "Accept"), new Header("Cache-Control", "public"));
        boolean unchanged = exchange.header("If-None-Match").equals(document.etag());
        exchange.respond(new Response(unchanged ? 304 : 200, headers, unchanged ? new byte[0] : document.bytes()));
    }
}
