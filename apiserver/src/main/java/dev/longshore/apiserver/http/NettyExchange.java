package dev.longshore.apiserver.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An exchange over a Netty channel: the connection itself for HTTP/1.1, one stream of it for HTTP/2. */
final class NettyExchange implements Exchange {
    private final Channel channel;
    private final HttpRequest request;
    private final byte[] body;
    private final boolean bodyTooLarge;
    private final String path;
    private final QueryParameters query;
    private final AtomicInteger status = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition writable = lock.newCondition();

    /** Fails with IllegalArgumentException when the URI has broken escapes. */
    NettyExchange(Channel channel, HttpRequest request, byte[] body, boolean bodyTooLarge) {
        this.channel = channel;
        this.request = request;
        this.body = body;
        this.bodyTooLarge = bodyTooLarge;
        this.path = new QueryStringDecoder(request.uri()).path();
        this.query = QueryParameters.of(request.uri());
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String uri() {
        return request.uri();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public QueryParameters query() {
        return query;
    }

    @Override
    public String header(String name) {
        return request.headers().get(name, "");
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
        Channel connection = channel.parent() instanceof io.netty.channel.socket.SocketChannel parent
                ? parent
                : channel;
        try {
            var session = connection.pipeline().get(SslHandler.class).engine().getSession();
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean bodyTooLarge() {
        return bodyTooLarge;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public int status() {
        return status.get();
    }

    @Override
    public void respond(Response response) {
        if (!status.compareAndSet(0, response.status())) {
            return;
        }
        var message = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(response.body()));
        addHeaders(message.headers(), response.headers());
        HttpUtil.setContentLength(message, response.body().length);
        finish(message);
    }

    private void finish(Object lastMessage) {
        channel.writeAndFlush(lastMessage).addListener(_ -> closed.complete(null));
    }

    private static void addHeaders(HttpHeaders to, List<Header> headers) {
        headers.forEach(header -> to.add(header.name(), header.value()));
        if (!to.contains(HttpHeaderNames.CACHE_CONTROL)) {
            to.set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
        }
        to.set("X-Content-Type-Options", "nosniff");
    }

    @Override
    public ResponseStream stream(int status, List<Header> headers) {
        boolean first = this.status.compareAndSet(0, status);
        if (first) {
            var message = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
            addHeaders(message.headers(), headers);
            HttpUtil.setTransferEncodingChunked(message, true);
            channel.writeAndFlush(message);
        }
        return new Stream(first);
    }

    @Override
    public boolean wantsWebSocket() {
        return request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                && request.headers().contains(HttpHeaderNames.UPGRADE, "websocket", true);
    }

    @Override
    public void upgrade(String subprotocol, WebSocketListener listener) {
        if (status.compareAndSet(0, HttpResponseStatus.SWITCHING_PROTOCOLS.code())) {
            WebSocketUpgrade.perform(channel, request, subprotocol, listener);
        }
    }

    @Override
    public void onClosed(Runnable action) {
        closed.thenRun(action);
    }

    /** The client has gone. */
    void connectionClosed() {
        wake();
        closed.complete(null);
    }

    /** The channel may be writable again, or has closed. */
    void wake() {
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** False when the client has gone or takes nothing for too long. */
    private boolean awaitWritable() {
        lock.lock();
        try {
            long leftNanos = HttpLimits.WRITE_STALL.toNanos();
            while (channel.isActive() && !channel.isWritable()) {
                if (leftNanos <= 0) {
                    channel.close();
                    return false;
                }
                // Waking up early guards against a change that came between the check and the wait.
                leftNanos -= TimeUnit.SECONDS.toNanos(1)
                        - Math.max(0, writable.awaitNanos(TimeUnit.SECONDS.toNanos(1)));
            }
            return channel.isActive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private final class Stream implements ResponseStream {
        private boolean open;

        Stream(boolean open) {
            this.open = open;
        }

        @Override
        public boolean write(byte[] piece) {
            if (open && awaitWritable()) {
                channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
                return true;
            }
            return false;
        }

        @Override
        public void end() {
            if (open) {
                open = false;
                finish(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
    }
}
