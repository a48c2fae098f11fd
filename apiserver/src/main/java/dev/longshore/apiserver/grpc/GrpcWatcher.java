package dev.longshore.apiserver.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.apiserver.registry.ObjectWatch;
import dev.longshore.apiserver.registry.ObjectWatcher;
import dev.longshore.apiserver.registry.SharedEncoding;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** Passes a watch on to its call, as fast as the client takes it. */
final class GrpcWatcher<T extends Message> implements ObjectWatcher<T> {
    private static final int WINDOW = 64;

    private final ServerCallStreamObserver<WatchResponse> out;
    private ObjectWatch watch;
    /** Events sent while the client was behind, to be requested anew when it is not. */
    private int owed;
    private boolean cancelled;

    GrpcWatcher(ServerCallStreamObserver<WatchResponse> out) {
        this.out = out;
        out.setOnReadyHandler(this::ready);
        out.setOnCancelHandler(this::cancel);
    }

    /** Nothing was sent before this. */
    void begin(ObjectWatch started) {
        synchronized (this) {
            watch = started;
        }
        if (cancelledBefore()) {
            started.close();
        } else {
            started.request(WINDOW);
        }
    }

    private synchronized boolean cancelledBefore() {
        return cancelled;
    }

    private void cancel() {
        ObjectWatch running;
        synchronized (this) {
            cancelled = true;
            running = watch;
        }
        if (running != null) {
            running.close();
        }
    }

    private void ready() {
        int events;
        ObjectWatch running;
        synchronized (this) {
            events = owed;
            owed = 0;
            running = watch;
        }
        if (events > 0 && running != null) {
            running.request(events);
        }
    }

    @Override
    public void onEvent(WatchEvent<T> event, SharedEncoding shared) {
        send(switch (event) {
            case WatchEvent.Added<T>(T object) -> response(WatchResponse.Type.ADDED, object);
            case WatchEvent.Modified<T>(T object) -> response(WatchResponse.Type.MODIFIED, object);
            case WatchEvent.Deleted<T>(T object) -> response(WatchResponse.Type.DELETED, object);
            case WatchEvent.Bookmark<T>(String version) -> bookmark(version);
        });
        synchronized (this) {
            owed++;
        }
        if (out.isReady()) {
            ready();
        }
    }

    private static WatchResponse response(WatchResponse.Type type, Message object) {
        return WatchResponse.newBuilder().setType(type).setObject(Any.pack(object)).build();
    }

    private static WatchResponse bookmark(String version) {
        return WatchResponse.newBuilder().setType(WatchResponse.Type.BOOKMARK).setResourceVersion(version).build();
    }

    @Override
    public void onInitialEventsEnd(String resourceVersion) {
        send(bookmark(resourceVersion));
    }

    private void send(WatchResponse response) {
        if (!out.isCancelled()) {
            out.onNext(response);
        }
    }

    @Override
    public void onEnd(ApiException cause) {
        if (!out.isCancelled()) {
            out.onError(GrpcErrors.toGrpc(cause));
        }
    }
}
