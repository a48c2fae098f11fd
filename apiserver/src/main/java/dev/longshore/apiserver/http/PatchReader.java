package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.YamlCodec;
import dev.longshore.apiserver.registry.PatchRequest;
import dev.longshore.apiserver.registry.PatchRequest.Kind;

/** Reads the patch in a request's body. */
final class PatchReader {
    private static final String ACCEPTED = "application/json-patch+json, application/merge-patch+json, "
            + "application/strategic-merge-patch+json, application/apply-patch+yaml";

    private PatchReader() {
    }

    static PatchRequest read(Exchange exchange) {
        Kind kind = switch (MediaRange.parse(exchange.header("Content-Type")).type()) {
            case "application/json-patch+json" -> Kind.JSON;
            case "application/merge-patch+json" -> Kind.MERGE;
            case "application/strategic-merge-patch+json" -> Kind.STRATEGIC_MERGE;
            case "application/apply-patch+yaml" -> Kind.APPLY;
            default -> throw BodyReader.unsupported(ACCEPTED);
        };
        boolean force = exchange.query().flag("force");
        if (kind != Kind.APPLY) {
            return new PatchRequest(kind, exchange.body(), force);
        }
        try {
            if (exchange.query().first("fieldManager").isEmpty()) {
                throw ApiException.badRequest("fieldManager is required for apply patch");
            }
            return new PatchRequest(kind, YamlCodec.toJson(exchange.body()), force);
        } catch (DecodeException e) {
            throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
        }
    }
}
