package dev.longshore.apiserver.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.grpc.v1.ListResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/**
 * Sends a list in parts, the next when the connection has room: a list is encoded as fast as it is read. gRPC calls it
 * by one thread at a time.
 */
final class ListStream {
    /** Objects in one message. */
    private static final int PART_OBJECTS = 500;

    private final List<? extends Message> items;
    private final String version;
    private final ServerCallStreamObserver<ListResponse> out;
    private int sent;
    private boolean ended;

    ListStream(Page<?> page, ServerCallStreamObserver<ListResponse> out) {
        this.items = page.items();
        this.version = page.resourceVersion();
        this.out = out;
    }

    /** To be called within the call's method. */
    void start() {
        out.setOnReadyHandler(this::send);
        out.setOnCancelHandler(() -> ended = true);
        send();
    }

    private void send() {
        while (!ended && out.isReady()) {
            ListResponse.Builder part = ListResponse.newBuilder().setResourceVersion(version);
            int end = Math.min(items.size(), sent + PART_OBJECTS);
            items.subList(sent, end).forEach(item -> part.addItems(Any.pack(item)));
            sent = end;
            out.onNext(part.build());
            if (sent == items.size()) {
                ended = true;
                out.onCompleted();
            }
        }
    }
}
