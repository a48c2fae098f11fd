package dev.longshore.client.grpc;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Connections to several equal API servers, of which one is used until it fails. Any thread. */
public final class Endpoints implements AutoCloseable {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(10);
    private static final int MESSAGE_BYTES = 64 * 1024 * 1024;

    private final List<ManagedChannel> channels;
    private final AtomicInteger current = new AtomicInteger();

    /** @param addresses {@code host:port}, at least one; the names must stand in the servers' certificates */
    public Endpoints(List<String> addresses, ClientTls tls, Executor tasks) throws SSLException {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("at least one API server is needed");
        }
        SslContext context = GrpcSslContexts.forClient().trustManager(new ByteArrayInputStream(tls.authority()))
                .keyManager(new ByteArrayInputStream(tls.certificate()), new ByteArrayInputStream(tls.key())).build();
        this.channels = addresses.stream().map(address -> channel(address, context, tasks)).toList();
    }

    private static ManagedChannel channel(String address, SslContext context, Executor tasks) {
        return NettyChannelBuilder.forTarget("dns:///" + address).sslContext(context).executor(tasks)
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).keepAliveWithoutCalls(true)
                .maxInboundMessageSize(MESSAGE_BYTES).build();
    }

    /** The connection to use now. */
    public ManagedChannel current() {
        return channels.get(Math.floorMod(current.get(), channels.size()));
    }

    /** The connection failed: the next one is tried from now on, unless somebody has moved on already. */
    public void failed(ManagedChannel channel) {
        int index = current.get();
        if (channels.get(Math.floorMod(index, channels.size())) == channel) {
            current.compareAndSet(index, index + 1);
        }
    }

    /** One connection per API server, in the order of their addresses; closed with this. */
    public List<Channel> all() {
        return List.copyOf(channels);
    }

    int size() {
        return channels.size();
    }

    /** Ends running calls. */
    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
