package dev.longshore.agent.tunnel;

import com.google.protobuf.ByteString;
import dev.longshore.grpc.v1.AgentFrame;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Credit;
import dev.longshore.grpc.v1.Data;
import dev.longshore.grpc.v1.HalfClose;
import dev.longshore.grpc.v1.NodeTunnelGrpc;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.Reset;
import dev.longshore.grpc.v1.Resize;
import dev.longshore.grpc.v1.ServerFrame;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The API server's end of a tunnel, over real gRPC on the loopback, driven by a test. */
final class FakeApiServer extends NodeTunnelGrpc.NodeTunnelImplBase implements AutoCloseable {
    final AtomicInteger hellos = new AtomicInteger();
    private final Map<Long, Stream> streams = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Server server;
    final ManagedChannel channel;
    private volatile CompletableFuture<StreamObserver<ServerFrame>> agent = new CompletableFuture<>();

    FakeApiServer() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).addService(this).build().start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    }

    @Override
    public StreamObserver<AgentFrame> connect(StreamObserver<ServerFrame> toAgent) {
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentFrame frame) {
                switch (frame.getFrameCase()) {
                    case HELLO -> {
                        hellos.incrementAndGet();
                        agent.complete(toAgent);
                    }
                    case DATA -> streams.get(frame.getStream()).received(frame.getData());
                    case CLOSED -> streams.get(frame.getStream()).closed.complete(frame.getClosed());
                    case CREDIT -> streams.get(frame.getStream()).granted.addAndGet(frame.getCredit().getBytes());
                    case FRAME_NOT_SET -> throw new IllegalStateException("empty frame");
                }
            }

            @Override
            public void onError(Throwable cause) {
                agent = new CompletableFuture<>();
            }

            @Override
            public void onCompleted() {
                toAgent.onCompleted();
            }
        };
    }

    /** Breaks the tunnel as a restart would. */
    void breakTunnel() throws Exception {
        StreamObserver<ServerFrame> open = agent.get(10, TimeUnit.SECONDS);
        agent = new CompletableFuture<>();
        open.onCompleted();
    }

    Stream open(Open request, long credit) throws Exception {
        agent.get(10, TimeUnit.SECONDS);
        Stream stream = new Stream(ids.incrementAndGet());
        streams.put(stream.id, stream);
        stream.send(ServerFrame.newBuilder().setOpen(request));
        stream.credit(credit);
        return stream;
    }

    @Override
    public void close() throws Exception {
        channel.shutdownNow();
        server.shutdownNow();
        server.awaitTermination(5, TimeUnit.SECONDS);
    }

    final class Stream {
        final CompletableFuture<Closed> closed = new CompletableFuture<>();
        final AtomicLong granted = new AtomicLong();
        private final long id;
        private final Map<Integer, ByteArrayOutputStream> output = new ConcurrentHashMap<>();

        Stream(long id) {
            this.id = id;
        }

        private void received(Data data) {
            ByteArrayOutputStream channelOutput = output.computeIfAbsent(data.getChannel(),
                    _ -> new ByteArrayOutputStream());
            channelOutput.writeBytes(data.getBytes().toByteArray());
        }

        String text(int channelNumber) {
            return output.getOrDefault(channelNumber, new ByteArrayOutputStream()).toString(StandardCharsets.UTF_8);
        }

        int size(int channelNumber) {
            return output.getOrDefault(channelNumber, new ByteArrayOutputStream()).size();
        }

        Closed end() throws Exception {
            return closed.get(20, TimeUnit.SECONDS);
        }

        void stdin(String text) throws Exception {
            send(ServerFrame.newBuilder().setData(Data.newBuilder().setBytes(ByteString.copyFromUtf8(text))));
        }

        void endStdin() throws Exception {
            send(ServerFrame.newBuilder().setHalfClose(HalfClose.getDefaultInstance()));
        }

        void resize(int width, int height) throws Exception {
            send(ServerFrame.newBuilder().setResize(Resize.newBuilder().setWidth(width).setHeight(height)));
        }

        void reset() throws Exception {
            send(ServerFrame.newBuilder().setReset(Reset.getDefaultInstance()));
        }

        void credit(long bytes) throws Exception {
            send(ServerFrame.newBuilder().setCredit(Credit.newBuilder().setBytes(bytes)));
        }

        private void send(ServerFrame.Builder frame) throws Exception {
            StreamObserver<ServerFrame> open = agent.get(10, TimeUnit.SECONDS);
            synchronized (open) {
                open.onNext(frame.setStream(id).build());
            }
        }
    }
}
