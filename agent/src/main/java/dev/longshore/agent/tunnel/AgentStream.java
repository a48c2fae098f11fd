package dev.longshore.agent.tunnel;

import com.google.protobuf.ByteString;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.Credit;
import dev.longshore.grpc.v1.Data;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One stream of a tunnel, between the connection's thread, which feeds it and never waits, and the tasks that serve it,
 * which do. All state is under the object's monitor.
 */
final class AgentStream {
    /** How many bytes of the caller may wait here. */
    static final int WINDOW_BYTES = 256 * 1024;
    /** A caller that ignores credits is cut off here. */
    private static final int LIMIT_BYTES = 16 * WINDOW_BYTES;
    private static final int LIMIT_ITEMS = 16_384;
    private static final int CHUNK_BYTES = 32 * 1024;

    private final long id;
    private final Consumer<AgentFrame> out;
    private final Deque<Inbound> inbound = new ArrayDeque<>();
    private final List<Runnable> cancellations = new ArrayList<>();
    private long credit;
    private int waitingBytes;
    private boolean cancelled;

    AgentStream(long id, Consumer<AgentFrame> out) {
        this.id = id;
        this.out = out;
        grant(WINDOW_BYTES);
    }

    long id() {
        return id;
    }

    /** Takes in what the caller sent; false when it sent more than it may, and the stream must end. */
    synchronized boolean offer(Inbound item) {
        if (item instanceof Inbound.Bytes(ByteString bytes)) {
            waitingBytes += bytes.size();
        }
        inbound.add(item);
        notifyAll();
        return waitingBytes <= LIMIT_BYTES && inbound.size() <= LIMIT_ITEMS;
    }

    synchronized void addCredit(long bytes) {
        credit += Math.max(0, bytes);
        notifyAll();
    }

    /** Waits for what the caller sends next; {@link Inbound.End} once the stream is cancelled. */
    Inbound take() throws InterruptedException {
        Inbound next;
        synchronized (this) {
            while (inbound.isEmpty() && !cancelled) {
                wait();
            }
            next = cancelled ? new Inbound.End() : inbound.remove();
            if (next instanceof Inbound.Bytes(ByteString bytes)) {
                waitingBytes -= bytes.size();
            }
        }
        if (next instanceof Inbound.Bytes(ByteString bytes)) {
            grant(bytes.size());
        }
        return next;
    }

    /**
     * Sends bytes to the caller, as fast as it takes them.
     *
     * @throws IOException when the caller is gone
     */
    void write(int channel, byte[] bytes, int offset, int length) throws IOException {
        int sent = 0;
        while (sent < length) {
            int part = awaitCredit(Math.min(CHUNK_BYTES, length - sent));
            send(AgentFrame.newBuilder().setData(Data.newBuilder().setChannel(channel)
                    .setBytes(ByteString.copyFrom(bytes, offset + sent, part))));
            sent += part;
        }
    }

    private synchronized int awaitCredit(int wanted) throws IOException {
        try {
            while (credit == 0 && !cancelled) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stream ended");
        }
        if (cancelled) {
            throw new IOException("the caller is gone");
        }
        int part = (int) Math.min(credit, wanted);
        credit -= part;
        return part;
    }

    /** Runs {@code action} when the caller goes; at once if it has gone. */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                cancellations.add(action);
                return;
            }
        }
        action.run();
    }

    /** The caller is gone: everything that waits ends, and what was opened is closed. */
    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = List.copyOf(cancellations);
            cancellations.clear();
            inbound.clear();
            notifyAll();
        }
        actions.forEach(Runnable::run);
    }

    private void grant(long bytes) {
        send(AgentFrame.newBuilder().setCredit(Credit.newBuilder().setBytes(bytes)));
    }

    void send(AgentFrame.Builder frame) {
        out.accept(frame.setStream(id).build());
    }
}
