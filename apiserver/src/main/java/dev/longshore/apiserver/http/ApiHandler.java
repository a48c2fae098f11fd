package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.auth.CertificateAuthenticator;
import dev.longshore.apiserver.auth.Refusals;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.http.ResourceHandler.Call;
import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.apiserver.request.RequestParser;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.common.time.Environment;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/**
 * Every request's way: what it is about, who asks, whether that one may, and then the handler it is for. Whatever goes
 * wrong becomes a Status here and nowhere else.
 */
final class ApiHandler implements RequestHandler {
    private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());
    private static final Set<String> OWN_KIND = Set.of("scale", "binding", "eviction", "finalize");

    private final Parts parts;
    private final Authorizer authorizer;
    private final Environment environment;
    private final InFlight inFlight = new InFlight();

    /** The handlers behind this one. */
    record Parts(Resources resources, ResourceHandler objects, SubresourceHandler subresources,
            PodStreamHandler streams,
            PathHandler paths, RequestMetrics metrics) {}

    ApiHandler(Parts parts, Authorizer authorizer, Environment environment) {
        this.parts = parts;
        this.authorizer = authorizer;
        this.environment = environment;
    }

    @Override
    public void handle(Exchange exchange) {
        RequestInfo request = RequestParser.parse(exchange.method(), exchange.path(), new RequestParser.Selection(
                exchange.query().flag("watch"), exchange.query().first("fieldSelector")));
        parts.metrics().observe(exchange, request);
        try {
            handle(exchange, request);
        } catch (ApiException e) {
            respond(exchange, e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "request failed verb=" + request.verb() + " path=" + request.path(), e);
            respond(exchange, ApiException.internal("the server failed on this request; its log says more"));
        }
    }

    private void handle(Exchange exchange, RequestInfo request) {
        User user = authenticate(exchange);
        if (user.equals(CertificateAuthenticator.ANONYMOUS)
                && authorizer.authorize(user, request) instanceof Authorizer.Verdict.Denied) {
            throw Refusals.unauthorized();
        }
        Refusals.require(authorizer, user, request);
        inFlight.enter(user.name(), request.longRunning());
        exchange.onClosed(() -> inFlight.leave(user.name(), request.longRunning()));
        if (exchange.bodyTooLarge()) {
            throw ApiException.of(Reason.REQUEST_ENTITY_TOO_LARGE,
                    "the body of the request is larger than " + HttpLimits.BODY_BYTES + " bytes");
        }
        if (!request.longRunning()) {
            var timeout = environment.timers().after(HttpLimits.REQUEST_TIMEOUT, () -> respond(exchange,
                    ApiException.of(Reason.TIMEOUT, "the request did not complete within "
                            + HttpLimits.REQUEST_TIMEOUT.toSeconds() + " s")));
            exchange.onClosed(timeout::cancel);
        }
        route(exchange, request, user);
    }

    private static User authenticate(Exchange exchange) {
        if (!exchange.header("Authorization").isEmpty()) {
            // No tokens are known: refusing them beats treating their bearer as nobody.
            throw Refusals.unauthorized();
        }
        User user = exchange.clientCertificate().flatMap(CertificateAuthenticator::user)
                .orElse(CertificateAuthenticator.ANONYMOUS);
        if (!exchange.header("Impersonate-User").isEmpty() || !exchange.header("Impersonate-Group").isEmpty()
                || !exchange.header("Impersonate-Uid").isEmpty()) {
            throw ApiException.of(Reason.FORBIDDEN, "impersonation is not supported by this server");
        }
        return user;
    }

    private void route(Exchange exchange, RequestInfo request, User user) {
        if (!request.resource()) {
            parts.paths().handle(exchange, request);
            return;
        }
        call(exchange, request, user, served(request));
    }

    private ResourceType<?> served(RequestInfo request) {
        return ResourceTypes.find(request.group(), request.version(), request.plural())
                .filter(parts.resources()::serves)
                .filter(type -> type.namespaced() || request.namespace().isEmpty()
                        || request.plural().equals("namespaces"))
                .orElseThrow(ApiHandler::unknown);
    }

    static ApiException unknown() {
        return ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource");
    }

    private <T extends Message> void call(Exchange exchange, RequestInfo request, User user, ResourceType<T> type) {
        Call<T> call = new Call<>(exchange, request, user, type, new Warnings());
        String subresource = request.subresource();
        if (PodStreamHandler.serves(type, subresource)) {
            parts.streams().handle(call);
        } else if (!subresource.isEmpty() && !parts.resources().of(type).subresources().contains(subresource)) {
            throw unknown();
        } else if (OWN_KIND.contains(subresource)) {
            parts.subresources().handle(call);
        } else {
            requireScope(request, type);
            parts.objects().handle(call);
        }
    }

    /** Objects of a namespaced kind are reached only by their namespace; all of them are listed without. */
    private static void requireScope(RequestInfo request, ResourceType<?> type) {
        boolean collectionRead = request.verb().equals("list") || request.verb().equals("watch");
        if (type.namespaced() && request.namespace().isEmpty() && !collectionRead) {
            throw request.name().isEmpty()
                    ? ApiException.of(Reason.METHOD_NOT_ALLOWED,
                            "the server does not allow this method on the requested resource")
                    : unknown();
        }
        boolean onCollection = request.name().isEmpty();
        boolean fits = switch (request.verb()) {
            case "create" -> onCollection;
            case "update", "patch" -> !onCollection;
            default -> true;
        };
        if (!fits) {
            throw ApiException.of(Reason.METHOD_NOT_ALLOWED,
                    "the server does not allow this method on the requested resource");
        }
    }

    private static void respond(Exchange exchange, ApiException failure) {
        Response response = AnswerWriter.document(failure.status().getCode(), AnswerForm.forError(exchange),
                failure.status());
        int retrySeconds = failure.status().getDetails().getRetryAfterSeconds();
        exchange.respond(retrySeconds == 0
                ? response
                : response.with(List.of(new Header("Retry-After", Integer.toString(retrySeconds)))));
    }
}
