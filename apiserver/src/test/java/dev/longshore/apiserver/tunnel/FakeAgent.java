package dev.longshore.apiserver.tunnel;

import com.google.protobuf.ByteString;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Credit;
import dev.longshore.grpc.v1.Data;
import dev.longshore.grpc.v1.Hello;
import dev.longshore.grpc.v1.NodeTunnelGrpc;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An agent that knows three commands: {@code cat} gives back its standard input, {@code size} answers each terminal
 * size, and {@code exit N} ends with that code. Its logs are one line with the options that were asked for.
 */
public final class FakeAgent implements StreamObserver<ServerFrame>, AutoCloseable {
    private static final int WINDOW_BYTES = 64 * 1024;

    private final StreamObserver<AgentFrame> out;
    private final Map<Long, Running> streams = new ConcurrentHashMap<>();
    private boolean closed;

    public FakeAgent(Channel channel, String node) {
        out = NodeTunnelGrpc.newStub(channel).connect(this);
        out.onNext(AgentFrame.newBuilder().setHello(Hello.newBuilder().setNode(node).setVersion("test")).build());
    }

    @Override
    public void onNext(ServerFrame frame) {
        long id = frame.getStream();
        switch (frame.getFrameCase()) {
            case OPEN -> {
                streams.put(id, new Running(frame.getOpen()));
                send(frame(id).setCredit(Credit.newBuilder().setBytes(WINDOW_BYTES)));
            }
            case CREDIT -> with(id, running -> {
                running.credit += frame.getCredit().getBytes();
                begin(id, running);
                echo(id, running);
            });
            case DATA -> with(id, running -> {
                running.input.add(frame.getData().getBytes());
                echo(id, running);
            });
            case RESIZE ->
                text(id, "size=" + frame.getResize().getWidth() + "x" + frame.getResize().getHeight() + "\n");
            case HALF_CLOSE -> with(id, running -> {
                running.inputEnded = true;
                echo(id, running);
            });
            case RESET -> streams.remove(id);
            case FRAME_NOT_SET -> {
            }
        }
    }

    /** What a stream runs. Frames of a connection come one after the other, so only they touch it. */
    private static final class Running {
        private final Open open;
        private final Deque<ByteString> input = new ArrayDeque<>();
        private long credit;
        private boolean inputEnded;

        private Running(Open open) {
            this.open = open;
        }
    }

    private void with(long id, Consumer<Running> action) {
        Running running = streams.get(id);
        if (running != null) {
            action.accept(running);
        }
    }

    /** Gives back what was read as far as the caller has room, and ends behind the last of it. */
    private void echo(long id, Running running) {
        while (!running.input.isEmpty() && running.input.getFirst().size() <= running.credit) {
            ByteString bytes = running.input.remove();
            running.credit -= bytes.size();
            send(frame(id).setData(Data.newBuilder().setChannel(1).setBytes(bytes)));
            send(frame(id).setCredit(Credit.newBuilder().setBytes(bytes.size())));
        }
        if (running.inputEnded && running.input.isEmpty()) {
            end(id, 0);
        }
    }

    /** Commands that read nothing answer as soon as they may. */
    private void begin(long id, Running running) {
        Open open = running.open;
        if (open.hasLogs()) {
            text(id, "log of " + open.getLogs().getContainer() + " tail=" + open.getLogs().getTailLines() + " previous="
                    + open.getLogs().getPrevious() + "\n");
            end(id, 0);
        } else if (open.getExec().getCommand(0).equals("exit")) {
            text(id, "bye\n");
            end(id, Integer.parseInt(open.getExec().getCommand(1)));
        }
    }

    private void text(long id, String text) {
        send(frame(id).setData(Data.newBuilder().setChannel(1)
                .setBytes(ByteString.copyFrom(text, StandardCharsets.UTF_8))));
    }

    private void end(long id, int exitCode) {
        if (streams.remove(id) != null) {
            send(frame(id).setClosed(Closed.newBuilder().setExitCode(exitCode)));
        }
    }

    private static AgentFrame.Builder frame(long id) {
        return AgentFrame.newBuilder().setStream(id);
    }

    private synchronized void send(AgentFrame.Builder frame) {
        out.onNext(frame.build());
    }

    @Override
    public void onError(Throwable failure) {
        streams.clear();
    }

    @Override
    public void onCompleted() {
        streams.clear();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            out.onCompleted();
        }
    }
}
