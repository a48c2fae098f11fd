package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.grpc.v1.LogsRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Reads the query of a log request (Kubernetes API, PodLogOptions). */
final class LogOptions {
    private LogOptions() {
    }

    static LogsRequest read(QueryParameters query, Pod pod, Instant now) {
        if (query.has("sinceSeconds") && query.has("sinceTime")) {
            throw ApiException.badRequest("at most one of sinceTime or sinceSeconds may be specified");
        }
        if (!query.first("stream").isEmpty() && !query.first("stream").equals("All")) {
            throw ApiException.badRequest("stream must be All: the server cannot tell the streams apart yet");
        }
        return LogsRequest.newBuilder().setPod(PodContainers.reference(pod))
                .setContainer(PodContainers.choose(pod, query.first("container"))).setFollow(query.flag("follow"))
                .setPrevious(query.flag("previous")).setTimestamps(query.flag("timestamps"))
                .setTailLines(notNegative(query, "tailLines").orElse(-1))
                .setLimitBytes(limitBytes(query)).setSinceNanos(since(query, now)).build();
    }

    private static long limitBytes(QueryParameters query) {
        OptionalLong limit = query.number("limitBytes");
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw ApiException.badRequest("limitBytes must be greater than 0");
        }
        return limit.orElse(0);
    }

    private static OptionalLong notNegative(QueryParameters query, String name) {
        OptionalLong value = query.number(name);
        if (value.isPresent() && value.getAsLong() < 0) {
            throw ApiException.badRequest(name + " must be greater than or equal to 0");
        }
        return value;
    }

    private static long since(QueryParameters query, Instant now) {
        OptionalLong seconds = query.number("sinceSeconds");
        if (seconds.isPresent() && seconds.getAsLong() < 1) {
            throw ApiException.badRequest("sinceSeconds must be greater than 0");
        }
        if (seconds.isPresent()) {
            return nanos(now.minusSeconds(seconds.getAsLong()));
        }
        return query.first("sinceTime").isEmpty() ? 0 : nanos(time(query.first("sinceTime")));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            throw ApiException
                    .badRequest("sinceTime must be a time such as 2026-01-31T10:00:00Z, not \"" + text + "\"");
        }
    }

    private static long nanos(Instant time) {
        return Math.max(1, TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano());
    }
}
