package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.json.JsonCodec;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Collects requests of one HTTP/1.1 connection, or the request of one HTTP/2 stream, and starts a task for each, one
 * after the other. Owned by the channel's event loop.
 */
final class HttpStreamHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final RequestHandler handler;
    private final Executor tasks;

    private HttpRequest request;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private long bodyBytes;
    private Future<?> bodyTimeout;
    private NettyExchange exchange;
    /** What came before the answer to the request before it was over; no more is read meanwhile. */
    private final Deque<HttpObject> early = new ArrayDeque<>();

    HttpStreamHandler(RequestHandler handler, Executor tasks) {
        this.handler = handler;
        this.tasks = tasks;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (exchange == null) {
            take(context, message);
        } else {
            context.channel().config().setAutoRead(false);
            early.add(ReferenceCountUtil.retain(message));
        }
    }

    private void take(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            refuse(context, broken(message.decoderResult().cause()));
            return;
        }
        if (message instanceof HttpRequest head) {
            begin(context, head);
        }
        if (message instanceof HttpContent content && request != null) {
            collect(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        if (head.protocolVersion().majorVersion() != 1) {
            // HTTP/2 requests come translated to HTTP/1.1.
            refuse(context, 400);
            return;
        }
        if (head.method().equals(HttpMethod.CONNECT) || head.uri().length() > HttpLimits.URI_BYTES) {
            refuse(context, head.method().equals(HttpMethod.CONNECT) ? 405 : 414);
            return;
        }
        request = head;
        body = new ByteArrayOutputStream(
                (int) Math.clamp(HttpUtil.getContentLength(head, 0L), 0, HttpLimits.BODY_BYTES));
        bodyBytes = 0;
        bodyTimeout = context.executor().schedule(() -> refuse(context, 408), HttpLimits.BODY_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void collect(ChannelHandlerContext context, HttpContent content) {
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > HttpLimits.DISCARDED_BODY_BYTES) {
            refuse(context, 413);
            return;
        }
        if (bodyBytes > HttpLimits.BODY_BYTES) {
            body = new ByteArrayOutputStream(0);
        } else {
            body.writeBytes(ByteBufUtil.getBytes(content.content()));
        }
        if (content instanceof LastHttpContent) {
            dispatch(context);
        }
    }

    private void dispatch(ChannelHandlerContext context) {
        bodyTimeout.cancel(false);
        HttpRequest complete = request;
        request = null;
        try {
            exchange = new NettyExchange(context.channel(), complete, body.toByteArray(),
                    bodyBytes > HttpLimits.BODY_BYTES);
        } catch (IllegalArgumentException _) {
            refuse(context, 400);
            return;
        }
        body = new ByteArrayOutputStream(0);
        NettyExchange started = exchange;
        started.onClosed(() -> context.executor().execute(() -> ended(context, started)));
        try {
            tasks.execute(() -> handler.handle(started));
        } catch (RejectedExecutionException _) {
            refuse(context, 503);
        }
    }

    private void ended(ChannelHandlerContext context, NettyExchange which) {
        if (exchange != which) {
            return;
        }
        exchange = null;
        while (exchange == null && !early.isEmpty()) {
            HttpObject next = early.remove();
            try {
                take(context, next);
            } finally {
                ReferenceCountUtil.release(next);
            }
        }
        if (early.isEmpty() && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    /** For what is no request at all: a Status, then the end of the connection. */
    private void refuse(ChannelHandlerContext context, int code) {
        request = null;
        byte[] status = JsonCodec.write(ApiException.of(reason(code), HttpResponseStatus.valueOf(code).reasonPhrase())
                .status().toBuilder().setCode(code).build());
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code),
                io.netty.buffer.Unpooled.wrappedBuffer(status));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json").set(HttpHeaderNames.CONNECTION,
                "close");
        HttpUtil.setContentLength(response, status.length);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static Reason reason(int code) {
        return switch (code) {
            case 405 -> Reason.METHOD_NOT_ALLOWED;
            case 408 -> Reason.TIMEOUT;
            case 413 -> Reason.REQUEST_ENTITY_TOO_LARGE;
            case 503 -> Reason.SERVICE_UNAVAILABLE;
            default -> Reason.BAD_REQUEST;
        };
    }

    private static int broken(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> 414;
            case TooLongHttpHeaderException _ -> 431;
            default -> 400;
        };
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.wake();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (bodyTimeout != null) {
            bodyTimeout.cancel(false);
        }
        if (exchange != null) {
            exchange.connectionClosed();
        }
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && exchange == null) {
            context.close();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.getLogger(HttpStreamHandler.class.getName()).log(System.Logger.Level.DEBUG,
                    "connection closed cause=" + cause);
        }
        context.close();
    }
}
