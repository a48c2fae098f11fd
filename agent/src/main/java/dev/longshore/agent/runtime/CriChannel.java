package dev.longshore.agent.runtime;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC connection over a unix socket: epoll where the native library loads, the JDK's own sockets elsewhere. It
 * connects when first used and again whenever the server came back.
 */
public final class CriChannel implements AutoCloseable {
    private static final int MESSAGE_LIMIT_BYTES = 16 << 20;
    private static final long CLOSE_LIMIT_SECONDS = 2;

    private final MultiThreadIoEventLoopGroup group;
    private final ManagedChannel channel;

    public CriChannel(Path socket) {
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        NettyChannelBuilder builder = epoll
                ? NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
                        .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                : NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class);
        // Without a host name of its own the socket's path would be the authority, which strict servers refuse.
        channel = builder.eventLoopGroup(group).usePlaintext().overrideAuthority("localhost")
                .maxInboundMessageSize(MESSAGE_LIMIT_BYTES).build();
    }

    public ManagedChannel channel() {
        return channel;
    }

    /** Makes the next call connect at once instead of waiting for the back-off. */
    public void retryNow() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
