package dev.longshore.apiserver.tunnel;

import com.google.protobuf.ByteString;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelListener;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelStream;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Credit;
import dev.longshore.grpc.v1.Data;
import dev.longshore.grpc.v1.HalfClose;
import dev.longshore.grpc.v1.Reset;
import dev.longshore.grpc.v1.Resize;
import dev.longshore.grpc.v1.ServerFrame;
import java.util.ArrayDeque;
import java.util.Deque;

/** One stream to an agent. Data that the agent has not granted room for waits here, and so does the end behind it. */
final class HubStream implements TunnelStream {
    /** Beyond this the caller should stop reading from its client. */
    private static final int PENDING_BYTES = 256 * 1024;
    private static final int FRAME_BYTES = 32 * 1024;

    private final long id;
    private final AgentConnection connection;
    private final TunnelListener listener;
    private final Deque<ServerFrame> pending = new ArrayDeque<>();
    private long pendingBytes;
    private long sendCredit;
    private long receiveCredit;
    private boolean closed;

    HubStream(long id, AgentConnection connection, TunnelListener listener) {
        this.id = id;
        this.connection = connection;
        this.listener = listener;
    }

    long id() {
        return id;
    }

    @Override
    public synchronized void send(Data data) {
        ByteString bytes = data.getBytes();
        for (int from = 0; from < bytes.size(); from += FRAME_BYTES) {
            ByteString part = bytes.substring(from, Math.min(bytes.size(), from + FRAME_BYTES));
            pending.add(frame().setData(Data.newBuilder().setChannel(data.getChannel()).setBytes(part)).build());
            pendingBytes += part.size();
        }
        flush();
    }

    @Override
    public synchronized boolean writable() {
        return closed || pendingBytes < PENDING_BYTES;
    }

    @Override
    public void resize(int width, int height) {
        sendNow(frame().setResize(Resize.newBuilder().setWidth(width).setHeight(height)));
    }

    @Override
    public synchronized void halfClose(int channel) {
        pending.add(frame().setHalfClose(HalfClose.newBuilder().setChannel(channel)).build());
        flush();
    }

    @Override
    public void reset() {
        boolean tell;
        synchronized (this) {
            tell = !closed;
            closed = true;
            pending.clear();
            pendingBytes = 0;
        }
        if (tell) {
            connection.forget(id);
            connection.send(frame().setReset(Reset.getDefaultInstance()).build());
        }
    }

    @Override
    public void request(long bytes) {
        synchronized (this) {
            receiveCredit += bytes;
        }
        sendNow(frame().setCredit(Credit.newBuilder().setBytes(bytes)));
    }

    private void sendNow(ServerFrame.Builder frame) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        connection.send(frame.build());
    }

    private ServerFrame.Builder frame() {
        return ServerFrame.newBuilder().setStream(id);
    }

    /** Sends what the agent has room for; whole frames, so the last one may wait for its whole size. */
    private synchronized boolean flush() {
        boolean full = pendingBytes >= PENDING_BYTES;
        while (!closed && !pending.isEmpty()) {
            int size = pending.getFirst().getData().getBytes().size();
            if (size > sendCredit) {
                break;
            }
            sendCredit -= size;
            pendingBytes -= size;
            connection.send(pending.removeFirst());
        }
        return full && pendingBytes < PENDING_BYTES;
    }

    void granted(long bytes) {
        boolean writableAgain;
        synchronized (this) {
            sendCredit += Math.max(0, bytes);
            writableAgain = flush();
        }
        if (writableAgain) {
            listener.onWritable();
        }
    }

    void receive(Data data) {
        boolean allowed;
        synchronized (this) {
            receiveCredit -= data.getBytes().size();
            allowed = receiveCredit >= 0;
            if (closed) {
                return;
            }
        }
        if (allowed) {
            listener.onData(data);
        } else {
            reset();
            listener.onClosed(Closed.newBuilder().setReason(Reason.INTERNAL_ERROR.text())
                    .setError("the node's agent sent more than it may").build());
        }
    }

    void closed(Closed how) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            pending.clear();
        }
        listener.onClosed(how);
    }
}
