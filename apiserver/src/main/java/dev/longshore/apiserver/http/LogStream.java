package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelListener;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelStream;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Data;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A container's log on its way from the tunnel to the client; holds no more than {@link #WINDOW_BYTES}. */
final class LogStream implements TunnelListener {
    private static final long WINDOW_BYTES = 256 * 1024;

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private TunnelStream tunnel;

    private sealed interface Part {
        record Bytes(byte[] bytes) implements Part {}

        record End(Closed how) implements Part {}
    }

    void attach(TunnelStream stream) {
        tunnel = stream;
        tunnel.request(WINDOW_BYTES);
    }

    @Override
    public void onData(Data data) {
        parts.add(new Part.Bytes(data.getBytes().toByteArray()));
    }

    @Override
    public void onWritable() {
        // Nothing is sent.
    }

    @Override
    public void onClosed(Closed closed) {
        parts.add(new Part.End(closed));
    }

    /** Returns when the log or the client has ended. Fails if the log cannot be had at all. */
    void copyTo(Exchange exchange) {
        exchange.onClosed(() -> parts.add(new Part.End(Closed.getDefaultInstance())));
        try {
            Part part = parts.take();
            if (part instanceof Part.End(Closed how) && !how.getError().isEmpty()) {
                throw ApiException.of(Reason.of(how.getReason()), how.getError());
            }
            ResponseStream out = exchange.stream(200, List.of(Header.contentType("text/plain")));
            while (part instanceof Part.Bytes(byte[] bytes) && out.write(bytes)) {
                tunnel.request(bytes.length);
                part = parts.take();
            }
            out.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tunnel.reset();
        }
    }
}
