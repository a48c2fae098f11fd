package dev.longshore.apiserver.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import dev.longshore.api.ApiException;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.registry.ObjectWatch;
import dev.longshore.apiserver.registry.ObjectWatcher;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** Passes a watch on to its call, as fast as the client takes it. */
final class GrpcWatcher<T extends Message> implements ObjectWatcher<T> {
    private static final int WINDOW = 64;
    /** What every type URL of an Any begins with (Protocol Buffers, Any). */
    private static final String TYPE_PREFIX = "type.googleapis.com/";

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
    public void onEvent(CacheEvent.Type type, Cached<T> object) {
        sendRequested(WatchResponse.newBuilder().setType(switch (type) {
            case ADDED -> WatchResponse.Type.ADDED;
            case MODIFIED -> WatchResponse.Type.MODIFIED;
            case DELETED -> WatchResponse.Type.DELETED;
        }).setObject(packed(object)).build());
    }

    @Override
    public void onBookmark(String resourceVersion) {
        sendRequested(bookmark(resourceVersion));
    }

    private void sendRequested(WatchResponse response) {
        send(response);
        synchronized (this) {
            owed++;
        }
        if (out.isReady()) {
            ready();
        }
    }

    /** As {@link Any#pack(Message)}, but every call shares the encoded object; its bytes are never modified. */
    private static <T extends Message> Any packed(Cached<T> object) {
        return Any.newBuilder().setTypeUrl(TYPE_PREFIX + object.value().getDescriptorForType().getFullName())
                .setValue(UnsafeByteOperations.unsafeWrap(object.encoded("protobuf", Message::toByteArray))).build();
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
