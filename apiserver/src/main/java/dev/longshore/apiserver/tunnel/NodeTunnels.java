package dev.longshore.apiserver.tunnel;

import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Data;
import dev.longshore.grpc.v1.Open;
import java.util.Optional;

/**
 * The agents that are connected, and the streams that run to them. Calls return at once.
 */
public interface NodeTunnels {
    /**
     * Opens a stream to a node's agent. A node that is not connected ends it with SERVICE_UNAVAILABLE as
     * {@code Closed.reason}.
     */
    TunnelStream open(String node, Open request, TunnelListener listener);

    /** The address of a connected agent, for status; empty when it is not connected. */
    Optional<String> connected(String node);

    /** One stream, as the API server's side holds it. */
    interface TunnelStream {
        /** Data waits here until the agent takes it; see {@link #writable}. */
        void send(Data data);

        /** Whether more should be sent now. After false, {@link TunnelListener#onWritable} tells when. */
        boolean writable();

        void resize(int width, int height);

        /** Nothing more will be sent on this channel (0: stdin). */
        void halfClose(int channel);

        /** The client is gone. */
        void reset();

        /** The listener can take so many more bytes; it starts with none. */
        void request(long bytes);
    }

    /** Receives what the agent sends. Called by one thread at a time, in order; must not block. */
    interface TunnelListener {
        void onData(Data data);

        /** What was sent has gone out. */
        void onWritable();

        /** The last call. */
        void onClosed(Closed closed);
    }
}
