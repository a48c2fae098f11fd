package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.Preconditions;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.ListRequest;
import dev.longshore.apiserver.registry.WatchRequest;
import dev.longshore.apiserver.registry.WriteContext;
import java.util.List;

/** Reads the options of a request from its query, headers and, for deletes, its body. */
final class RequestOptions {
    /** Kubernetes API: fieldManager. */
    private static final int FIELD_MANAGER_LIMIT = 128;
    private static final TypeMeta DELETE_OPTIONS = new TypeMeta("v1", "DeleteOptions");

    private RequestOptions() {
    }

    static ListRequest list(QueryParameters query, String namespace) {
        return new ListRequest(namespace, query.first("labelSelector"), query.first("fieldSelector"),
                query.first("resourceVersion"), query.first("resourceVersionMatch"), query.number("limit").orElse(0),
                query.first("continue"));
    }

    static WatchRequest watch(QueryParameters query, String namespace) {
        boolean initial = query.flag("sendInitialEvents");
        String match = query.first("resourceVersionMatch");
        if (initial && !match.equals("NotOlderThan")) {
            throw ApiException.badRequest("sendInitialEvents needs resourceVersionMatch=NotOlderThan");
        }
        if (!initial && !match.isEmpty()) {
            throw ApiException
                    .badRequest("resourceVersionMatch is forbidden for watch unless sendInitialEvents is set");
        }
        return new WatchRequest(namespace, query.first("labelSelector"), query.first("fieldSelector"),
                query.first("resourceVersion"), query.flag("allowWatchBookmarks"), initial);
    }

    static WriteContext write(Exchange exchange, User user, Warnings warnings) {
        boolean strict = BodyReader.Validation.of(exchange.query()) == BodyReader.Validation.STRICT;
        return new WriteContext(user, fieldManager(exchange), dryRun(exchange.query().all("dryRun")), strict,
                warnings::add);
    }

    private static boolean dryRun(List<String> values) {
        List<String> given = values.stream().filter(value -> !value.isEmpty()).toList();
        if (given.stream().anyMatch(value -> !value.equals("All"))) {
            throw ApiException.badRequest("dryRun must be All, not \"" + String.join(",", given) + "\"");
        }
        return !given.isEmpty();
    }

    /** The name given, else the User-Agent up to its first slash (Kubernetes API, managed fields). */
    private static String fieldManager(Exchange exchange) {
        String named = exchange.query().first("fieldManager");
        if (named.length() > FIELD_MANAGER_LIMIT) {
            throw ApiException.badRequest("fieldManager must have at most " + FIELD_MANAGER_LIMIT + " characters");
        }
        String agent = exchange.header("User-Agent");
        String prefix = agent.substring(0, agent.indexOf('/') < 0 ? agent.length() : agent.indexOf('/'));
        String manager = named.isEmpty() ? prefix.substring(0, Math.min(prefix.length(), FIELD_MANAGER_LIMIT)) : named;
        return manager.isEmpty() ? "unknown" : manager;
    }

    /** From the body, or from the query when there is no body (Kubernetes API, DELETE). */
    static DeleteOptions delete(Exchange exchange, Warnings warnings) {
        DeleteOptions options = exchange.body().length > 0
                ? BodyReader.read(exchange, DeleteOptions.getDefaultInstance(), DELETE_OPTIONS, warnings)
                : deleteFromQuery(exchange.query());
        dryRun(options.getDryRunList());
        return options;
    }

    private static DeleteOptions deleteFromQuery(QueryParameters query) {
        DeleteOptions.Builder options = DeleteOptions.newBuilder();
        query.number("gracePeriodSeconds").ifPresent(options::setGracePeriodSeconds);
        if (query.has("propagationPolicy")) {
            options.setPropagationPolicy(query.first("propagationPolicy"));
        }
        if (query.has("orphanDependents")) {
            options.setOrphanDependents(query.flag("orphanDependents"));
        }
        if (query.has("preconditions.uid") || query.has("preconditions.resourceVersion")) {
            Preconditions.Builder preconditions = Preconditions.newBuilder();
            if (query.has("preconditions.uid")) {
                preconditions.setUid(query.first("preconditions.uid"));
            }
            if (query.has("preconditions.resourceVersion")) {
                preconditions.setResourceVersion(query.first("preconditions.resourceVersion"));
            }
            options.setPreconditions(preconditions);
        }
        return options.addAllDryRun(query.all("dryRun")).build();
    }

    /** A delete is a dry run when its options or its query say so. */
    static WriteContext delete(WriteContext context, DeleteOptions options) {
        boolean dryRun = context.dryRun() || options.getDryRunCount() > 0;
        return new WriteContext(context.user(), context.fieldManager(), dryRun, context.strict(), context.warnings());
    }
}
