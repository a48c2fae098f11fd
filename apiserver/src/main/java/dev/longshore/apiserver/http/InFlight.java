package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.meta.v1.StatusDetails;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts the requests that run, by user, and refuses more than one user may have. */
final class InFlight {
    private final ConcurrentMap<Slot, Integer> running = new ConcurrentHashMap<>();

    private record Slot(String user, boolean longRunning) {}

    /** Fails with TOO_MANY_REQUESTS at the limit. */
    void enter(String user, boolean longRunning) {
        int limit = longRunning ? HttpLimits.LONG_RUNNING_PER_USER : HttpLimits.IN_FLIGHT_PER_USER;
        int now = running.merge(new Slot(user, longRunning), 1, Integer::sum);
        if (now > limit) {
            leave(user, longRunning);
            throw ApiException.of(Reason.TOO_MANY_REQUESTS, "too many requests of user \"" + user
                    + "\" at once, please try again later",
                    StatusDetails.newBuilder()
                            .setRetryAfterSeconds(HttpLimits.RETRY_AFTER_SECONDS).build());
        }
    }

    void leave(String user, boolean longRunning) {
        running.computeIfPresent(new Slot(user, longRunning), (_, count) -> count == 1 ? null : count - 1);
    }
}
