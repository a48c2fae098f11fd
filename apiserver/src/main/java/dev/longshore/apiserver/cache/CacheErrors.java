package dev.longshore.apiserver.cache;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.store.StoreException;
import java.util.concurrent.CompletionException;

/** The errors that readers of a cache see. */
final class CacheErrors {
    private CacheErrors() {
    }

    /** Texts and cause: Kubernetes API server; client-go waits and tries again when it sees the cause. */
    static ApiException tooLargeRevision(long asked, long current) {
        return ApiException.of(Reason.TIMEOUT, "Too large resource version: " + asked + ", current: " + current,
                StatusDetails.newBuilder().setRetryAfterSeconds(1).addCauses(StatusCause.newBuilder()
                        .setReason("ResourceVersionTooLarge").setMessage("Too large resource version")).build());
    }

    static ApiException notCaughtUp(String resource) {
        return ApiException.of(Reason.TIMEOUT, "the server's copy of " + resource + " did not catch up in time",
                StatusDetails.newBuilder().setRetryAfterSeconds(1).build());
    }

    static ApiException closed() {
        return ApiException.of(Reason.SERVICE_UNAVAILABLE, "the server is shutting down");
    }

    static ApiException unreadable(String key) {
        return ApiException.internal("the stored value of " + key + " cannot be read");
    }

    /** What a failed read of the store means to a client. */
    static ApiException of(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return switch (cause) {
            case ApiException known -> known;
            case StoreException store -> ofStore(store);
            default -> ApiException.internal(String.valueOf(cause.getMessage()));
        };
    }

    private static ApiException ofStore(StoreException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> ApiException.of(Reason.SERVICE_UNAVAILABLE, "the store does not answer");
            case UNKNOWN, FUTURE -> ApiException.of(Reason.TIMEOUT, "the store did not answer in time");
            case COMPACTED -> ApiException.expired("The provided resource version is too old");
            case NOT_FOUND, TOO_LARGE -> ApiException.internal(failure.getMessage());
        };
    }
}
