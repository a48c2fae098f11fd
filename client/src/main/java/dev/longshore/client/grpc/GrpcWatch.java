package dev.longshore.client.grpc;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.grpc.v1.WatchRequest;
import dev.longshore.grpc.v1.WatchResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

/** A watch over gRPC. gRPC calls back one at a time. */
final class GrpcWatch<T extends Message> implements Watch, ClientResponseObserver<WatchRequest, WatchResponse> {
    private final ResourceType<T> type;
    private final WatchListener<T> listener;
    private final Runnable onFailure;
    private ClientCallStreamObserver<WatchRequest> call;
    private volatile boolean closed;

    /** @param onFailure runs when the server could not be reached or went away */
    GrpcWatch(ResourceType<T> type, WatchListener<T> listener, Runnable onFailure) {
        this.type = type;
        this.listener = listener;
        this.onFailure = onFailure;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> started) {
        call = started;
    }

    @Override
    public void close() {
        closed = true;
        call.cancel("watch closed", null);
    }

    @Override
    public void onNext(WatchResponse event) {
        if (closed) {
            return;
        }
        switch (event.getType()) {
            case ADDED -> listener.onEvent(new WatchEvent.Added<>(GrpcApiClient.unpack(type, event.getObject())));
            case MODIFIED -> listener.onEvent(new WatchEvent.Modified<>(GrpcApiClient.unpack(type, event.getObject())));
            case DELETED -> listener.onEvent(new WatchEvent.Deleted<>(GrpcApiClient.unpack(type, event.getObject())));
            case BOOKMARK -> listener.onEvent(new WatchEvent.Bookmark<>(event.getResourceVersion()));
            case UNSPECIFIED, UNRECOGNIZED -> {
                // A newer server may send what this client does not know.
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(GrpcErrors.fromGrpc(failure));
    }

    @Override
    public void onCompleted() {
        end(ApiException.of(Reason.SERVICE_UNAVAILABLE, "the server ended the watch"));
    }

    private void end(ApiException cause) {
        if (!closed) {
            closed = true;
            if (cause.is(Reason.SERVICE_UNAVAILABLE)) {
                onFailure.run();
            }
            listener.onEnd(cause);
        }
    }
}
