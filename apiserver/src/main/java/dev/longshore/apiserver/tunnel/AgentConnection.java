package dev.longshore.apiserver.tunnel;

import dev.longshore.api.Reason;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelListener;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelStream;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent's connection and the streams on it. */
public final class AgentConnection {
    /** Streams of one node at a time. */
    static final int STREAM_LIMIT = 1_000;

    private final String node;
    private final String address;
    private final StreamObserver<ServerFrame> out;
    private final Map<Long, HubStream> streams = new HashMap<>();
    private long lastStream;
    private boolean closed;

    AgentConnection(String node, String address, StreamObserver<ServerFrame> out) {
        this.node = node;
        this.address = address;
        this.out = out;
    }

    public String node() {
        return node;
    }

    String address() {
        return address;
    }

    TunnelStream open(Open request, TunnelListener listener) {
        HubStream stream;
        boolean refused;
        synchronized (this) {
            refused = closed || streams.size() >= STREAM_LIMIT;
            stream = new HubStream(++lastStream, this, listener);
            if (!refused) {
                streams.put(stream.id(), stream);
                send(ServerFrame.newBuilder().setStream(stream.id()).setOpen(request).build());
            }
        }
        if (refused) {
            stream.closed(failure("no more streams to node \"" + node + "\" are possible now"));
        }
        return stream;
    }

    /** A frame from the agent; the first one, Hello, is not for here. Called by one thread at a time. */
    public void receive(AgentFrame frame) {
        Optional<HubStream> found = find(frame.getStream());
        // A stream that is not known ended here while the frame was on its way.
        found.ifPresent(stream -> {
            switch (frame.getFrameCase()) {
                case DATA -> stream.receive(frame.getData());
                case CREDIT -> stream.granted(frame.getCredit().getBytes());
                case CLOSED -> {
                    forget(stream.id());
                    stream.closed(frame.getClosed());
                }
                case HELLO, FRAME_NOT_SET -> {
                }
            }
        });
    }

    private synchronized Optional<HubStream> find(long id) {
        return Optional.ofNullable(streams.get(id));
    }

    synchronized void forget(long id) {
        streams.remove(id);
    }

    synchronized void send(ServerFrame frame) {
        if (!closed) {
            out.onNext(frame);
        }
    }

    /** Ends the connection and its streams. */
    void close(String why) {
        List<HubStream> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(streams.values());
            streams.clear();
        }
        try {
            out.onCompleted();
        } catch (IllegalStateException _) {
            // The call has ended already.
        }
        open.forEach(stream -> stream.closed(failure(why)));
    }

    private static Closed failure(String error) {
        return Closed.newBuilder().setReason(Reason.SERVICE_UNAVAILABLE.text()).setError(error).build();
    }
}
