package dev.longshore.apiserver.http;

import dev.longshore.common.lifecycle.Component;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The listening socket and the event loops of the HTTPS edge. */
public final class NettyHttpServer implements Component {
    /** Bytes move on so few threads; the work is done by tasks. */
    private static final int EVENT_LOOPS = 2;

    private final InetSocketAddress address;
    private final SslContext tls;
    private final RequestHandler handler;
    private final Executor tasks;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private EventLoopGroup loops;
    private Channel server;

    /** @param tls made by {@link EdgeTls} */
    NettyHttpServer(InetSocketAddress address, SslContext tls, RequestHandler handler, Executor tasks) {
        this.address = address;
        this.tls = tls;
        this.handler = handler;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "http-edge";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        loops = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, new DefaultThreadFactory("http", true),
                NioIoHandler.newFactory());
        var bound = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_KEEPALIVE, true).childOption(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        accept(connection);
                    }
                }).bind(address).await();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException("cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        server = bound.channel();
    }

    private void accept(SocketChannel connection) {
        if (connections.size() >= HttpLimits.CONNECTIONS) {
            connection.close();
            return;
        }
        connections.add(connection);
        SslHandler handshake = tls.newHandler(connection.alloc());
        handshake.setHandshakeTimeoutMillis(HttpLimits.HANDSHAKE_TIMEOUT.toMillis());
        connection.pipeline().addLast(handshake, new ProtocolChoice(handler, tasks));
    }

    /** The port in use, also when 0 was asked for. Only while started. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void beginStop() {
        if (server != null) {
            server.close();
            connections.close();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        return loops == null || loops.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
