package dev.longshore.apiserver.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Turns an HTTP/1.1 connection into a WebSocket (RFC 6455). */
final class WebSocketUpgrade {
    private WebSocketUpgrade() {
    }

    /** Returns at once; the listener's onOpen says when the client may be sent to. */
    static void perform(Channel channel, HttpRequest request, String subprotocol, WebSocketListener listener) {
        channel.eventLoop().execute(() -> {
            WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(request.uri(), subprotocol,
                    false,
                    HttpLimits.WEB_SOCKET_FRAME_BYTES).newHandshaker(request);
            if (handshaker == null) {
                WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel);
                listener.onClosed();
                return;
            }
            FullHttpRequest full = new DefaultFullHttpRequest(request.protocolVersion(), request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER, request.headers(), request.headers());
            channel.pipeline().remove(HttpServerKeepAliveHandler.class);
            channel.pipeline().remove(HttpStreamHandler.class);
            handshaker.handshake(channel, full).addListener(done -> {
                if (done.isSuccess()) {
                    channel.pipeline().addLast(new WebSocketFrameAggregator(HttpLimits.WEB_SOCKET_FRAME_BYTES),
                            new FrameHandler(listener));
                    listener.onOpen(new NettyWebSocket(channel));
                } else {
                    listener.onClosed();
                    channel.close();
                }
            });
        });
    }

    private record NettyWebSocket(Channel channel) implements WebSocketChannel {
        @Override
        public void send(byte[] message, Runnable sent) {
            channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)))
                    .addListener(_ -> sent.run());
        }

        @Override
        public void close() {
            channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(_ -> channel.close());
        }

        @Override
        public void reading(boolean enabled) {
            channel.config().setAutoRead(enabled);
        }
    }

    private static final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final WebSocketListener listener;
        private boolean closed;

        FrameHandler(WebSocketListener listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            switch (frame) {
                case PingWebSocketFrame ping -> context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                case CloseWebSocketFrame close ->
                    context.writeAndFlush(close.retain()).addListener(_ -> context.close());
                case BinaryWebSocketFrame message -> listener.onMessage(ByteBufUtil.getBytes(message.content()));
                case TextWebSocketFrame message -> listener.onMessage(ByteBufUtil.getBytes(message.content()));
                default -> {
                    // Pongs; fragments never get past the aggregator.
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!closed) {
                closed = true;
                listener.onClosed();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
