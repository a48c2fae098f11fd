package dev.longshore.client.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Refusals of the API as gRPC errors and back. The whole Status travels in a trailer; the code is for other clients.
 */
public final class GrpcErrors {
    private static final Metadata.Key<byte[]> STATUS = Metadata.Key.of("longshore-status-bin",
            Metadata.BINARY_BYTE_MARSHALLER);

    private GrpcErrors() {
    }

    /** What a server ends a call with. */
    public static StatusRuntimeException toGrpc(ApiException refusal) {
        Metadata trailers = new Metadata();
        trailers.put(STATUS, refusal.status().toByteArray());
        return code(refusal.reason()).withDescription(refusal.getMessage()).asRuntimeException(trailers);
    }

    /** What a client's caller gets. */
    public static ApiException fromGrpc(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        if (trailers != null && trailers.containsKey(STATUS)) {
            try {
                return ApiException.of(dev.longshore.api.meta.v1.Status.parseFrom(trailers.get(STATUS)));
            } catch (InvalidProtocolBufferException _) {
                return ApiException.of(Reason.INTERNAL_ERROR, "the server's Status cannot be read");
            }
        }
        Status status = Status.fromThrowable(failure);
        String text = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return ApiException.of(reason(status.getCode()), "the API server did not answer: " + text);
    }

    private static Status code(Reason reason) {
        return switch (reason) {
            case BAD_REQUEST, INVALID, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> Status.INVALID_ARGUMENT;
            case UNAUTHORIZED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case NOT_FOUND -> Status.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> Status.UNIMPLEMENTED;
            case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
            case CONFLICT -> Status.ABORTED;
            case EXPIRED -> Status.OUT_OF_RANGE;
            case REQUEST_ENTITY_TOO_LARGE, TOO_MANY_REQUESTS -> Status.RESOURCE_EXHAUSTED;
            case INTERNAL_ERROR -> Status.INTERNAL;
            case SERVICE_UNAVAILABLE -> Status.UNAVAILABLE;
            case TIMEOUT -> Status.DEADLINE_EXCEEDED;
        };
    }

    private static Reason reason(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE, CANCELLED, OK -> Reason.SERVICE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Reason.TIMEOUT;
            case UNAUTHENTICATED -> Reason.UNAUTHORIZED;
            case PERMISSION_DENIED -> Reason.FORBIDDEN;
            case RESOURCE_EXHAUSTED -> Reason.TOO_MANY_REQUESTS;
            case INVALID_ARGUMENT -> Reason.BAD_REQUEST;
            case UNIMPLEMENTED -> Reason.METHOD_NOT_ALLOWED;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
            case ABORTED, FAILED_PRECONDITION -> Reason.CONFLICT;
            case OUT_OF_RANGE -> Reason.EXPIRED;
            case UNKNOWN, INTERNAL, DATA_LOSS -> Reason.INTERNAL_ERROR;
        };
    }
}
