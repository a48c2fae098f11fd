package dev.longshore.apiserver.store;

import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import java.net.ConnectException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** What jetcd's failures mean. Decided by type and code, never by text. */
final class EtcdErrors {
    private EtcdErrors() {
    }

    /** A read that failed can always be tried again. */
    static StoreException ofRead(Throwable failure) {
        return of(failure, StoreException.Kind.UNAVAILABLE);
    }

    /** A write that was sent may have happened, even if the answer was UNAVAILABLE (no leader, say). */
    static StoreException ofWrite(Throwable failure) {
        return of(failure, wasNeverSent(failure) ? StoreException.Kind.UNAVAILABLE : StoreException.Kind.UNKNOWN);
    }

    private static StoreException of(Throwable failure, StoreException.Kind otherwise) {
        Throwable cause = unwrap(failure);
        if (cause instanceof StoreException known) {
            return known;
        }
        StoreException.Kind kind = switch (code(failure)) {
            case NOT_FOUND -> StoreException.Kind.NOT_FOUND;
            case INVALID_ARGUMENT -> StoreException.Kind.TOO_LARGE; // the only argument etcd finds wrong with ours
            case RESOURCE_EXHAUSTED, UNAUTHENTICATED, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED ->
                StoreException.Kind.UNAVAILABLE; // refused before anything was done
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ALREADY_EXISTS, ABORTED, OUT_OF_RANGE, INTERNAL,
                    UNAVAILABLE, DATA_LOSS ->
                otherwise;
        };
        return new StoreException(kind, "etcd: " + cause.getMessage(), cause);
    }

    /** OUT_OF_RANGE stands for a compacted revision and for one in the future. */
    static boolean isOutOfRange(Throwable failure) {
        return code(failure) == Status.Code.OUT_OF_RANGE;
    }

    private static Status.Code code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EtcdException etcd) {
                return Status.Code.valueOf(etcd.getErrorCode().name());
            }
            if (cause instanceof io.grpc.StatusRuntimeException grpc) {
                return grpc.getStatus().getCode();
            }
        }
        return Status.Code.UNKNOWN;
    }

    private static boolean wasNeverSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof RejectedExecutionException
                    || cause instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
