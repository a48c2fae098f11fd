package dev.longshore.agent.tunnel;

import dev.longshore.api.Reason;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Hello;
import dev.longshore.grpc.v1.NodeTunnelGrpc;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tunnel to one API server, over all its calls. State is under the object's monitor. */
final class TunnelConnection {
    private static final System.Logger LOG = System.getLogger(TunnelConnection.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final int STREAM_LIMIT = 512;

    private final Channel channel;
    private final Hello hello;
    private final StreamServer server;
    private final Environment environment;
    private final Map<Long, AgentStream> streams = new HashMap<>();
    private Duration retry = FIRST_RETRY;
    private Optional<Call> call = Optional.empty();
    private int running;
    private boolean stopped;

    TunnelConnection(Channel channel, Hello hello, StreamServer server, Environment environment) {
        this.channel = channel;
        this.hello = hello;
        this.server = server;
        this.environment = environment;
    }

    void dial() {
        Call opened;
        synchronized (this) {
            if (stopped) {
                return;
            }
            opened = new Call();
            call = Optional.of(opened);
        }
        opened.begin(NodeTunnelGrpc.newStub(channel).connect(opened));
    }

    void stop() {
        Optional<Call> last;
        synchronized (this) {
            stopped = true;
            last = call;
            call = Optional.empty();
        }
        last.ifPresent(Call::end);
        cancelStreams();
    }

    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        if (running > 0) {
            wait(Math.max(1, limit.toMillis()));
        }
        return running == 0;
    }

    private void cancelStreams() {
        List<AgentStream> ended;
        synchronized (this) {
            ended = List.copyOf(streams.values());
            streams.clear();
        }
        ended.forEach(AgentStream::cancel);
    }

    /** A broken call takes its streams with it; the next one starts with none. */
    private void broken(Call from, String cause) {
        Duration wait;
        synchronized (this) {
            if (call.isEmpty() || call.get() != from) {
                return;
            }
            call = Optional.empty();
            wait = retry.dividedBy(2).plusMillis(environment.randomness().below((int) retry.toMillis()));
            retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
        }
        LOG.log(System.Logger.Level.INFO, () -> "component=node-tunnel broken, next attempt in " + wait.toMillis()
                + " ms: " + cause);
        cancelStreams();
        environment.timers().after(wait, () -> environment.tasks().execute(this::dial));
    }

    private void receive(Call from, ServerFrame frame) {
        synchronized (this) {
            retry = FIRST_RETRY;
        }
        if (frame.getFrameCase() == ServerFrame.FrameCase.OPEN) {
            open(from, frame.getStream(), frame.getOpen());
            return;
        }
        Optional<AgentStream> found = stream(frame.getStream());
        if (found.isEmpty()) {
            return; // It ended here while the frame was on its way.
        }
        AgentStream stream = found.get();
        boolean allowed = switch (frame.getFrameCase()) {
            case DATA -> stream.offer(new Inbound.Bytes(frame.getData().getBytes()));
            case RESIZE -> stream.offer(new Inbound.Size(frame.getResize().getWidth(), frame.getResize().getHeight()));
            case HALF_CLOSE -> stream.offer(new Inbound.End());
            case CREDIT -> {
                stream.addCredit(frame.getCredit().getBytes());
                yield true;
            }
            case RESET -> {
                stream.cancel();
                yield true;
            }
            case OPEN, FRAME_NOT_SET -> true;
        };
        if (!allowed) {
            LOG.log(System.Logger.Level.WARNING, "component=node-tunnel stream=" + stream.id() + " ignores its credit");
            stream.cancel();
        }
    }

    private synchronized Optional<AgentStream> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }

    private void open(Call from, long id, Open request) {
        AgentStream stream;
        synchronized (this) {
            if (streams.size() >= STREAM_LIMIT || streams.containsKey(id)) {
                from.send(closed(id, Closed.newBuilder().setReason(Reason.TOO_MANY_REQUESTS.text())
                        .setError("the node serves " + streams.size() + " streams already").build()));
                return;
            }
            stream = new AgentStream(id, from::send);
            streams.put(id, stream);
            running++;
        }
        environment.tasks().execute(() -> serve(from, stream, request));
    }

    private void serve(Call from, AgentStream stream, Open request) {
        Closed end = Closed.newBuilder().setReason(Reason.INTERNAL_ERROR.text())
                .setError("the stream failed").build();
        try {
            end = server.serve(request, stream);
        } finally {
            from.send(closed(stream.id(), end));
            stream.cancel();
            synchronized (this) {
                streams.remove(stream.id(), stream);
                running--;
                notifyAll();
            }
        }
    }

    private static AgentFrame closed(long stream, Closed end) {
        return AgentFrame.newBuilder().setStream(stream).setClosed(end).build();
    }

    /** One gRPC call. Sending is under its own monitor, because tasks of many streams send. */
    private final class Call implements StreamObserver<ServerFrame> {
        private Optional<StreamObserver<AgentFrame>> requests = Optional.empty();

        synchronized void begin(StreamObserver<AgentFrame> opened) {
            requests = Optional.of(opened);
            opened.onNext(AgentFrame.newBuilder().setHello(hello).build());
        }

        synchronized void send(AgentFrame frame) {
            requests.ifPresent(open -> open.onNext(frame));
        }

        synchronized void end() {
            requests.ifPresent(StreamObserver::onCompleted);
            requests = Optional.empty();
        }

        private synchronized void forget() {
            requests = Optional.empty();
        }

        @Override
        public void onNext(ServerFrame frame) {
            receive(this, frame);
        }

        @Override
        public void onError(Throwable cause) {
            forget();
            broken(this, String.valueOf(cause.getMessage()));
        }

        @Override
        public void onCompleted() {
            end();
            broken(this, "closed by the API server");
        }
    }
}
