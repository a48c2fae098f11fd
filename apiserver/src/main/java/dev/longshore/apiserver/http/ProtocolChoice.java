package dev.longshore.apiserver.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.Executor;

/** Sets up a connection for the version of HTTP that the handshake agreed on (ALPN). */
final class ProtocolChoice extends ApplicationProtocolNegotiationHandler {
    /** Room that a client gets for request bodies before they are read. */
    private static final int STREAM_WINDOW_BYTES = 1024 * 1024;

    private final RequestHandler handler;
    private final Executor tasks;

    ProtocolChoice(RequestHandler handler, Executor tasks) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.handler = handler;
        this.tasks = tasks;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addLast(new IdleStateHandler((int) HttpLimits.IDLE_TIMEOUT.toSeconds(), 0, 0));
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            configureHttp2(pipeline);
        } else {
            pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(HttpLimits.URI_BYTES)
                    .setMaxHeaderSize(HttpLimits.HEADER_BYTES)), new HttpServerKeepAliveHandler(),
                    new HttpStreamHandler(handler, tasks));
        }
    }

    private void configureHttp2(ChannelPipeline pipeline) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer().initialSettings(Http2Settings.defaultSettings()
                .maxConcurrentStreams(HttpLimits.STREAMS_PER_CONNECTION).maxHeaderListSize(HttpLimits.HEADER_BYTES)
                .initialWindowSize(STREAM_WINDOW_BYTES)).build();
        pipeline.addLast(codec, new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true),
                        new HttpStreamHandler(handler, tasks));
            }
        }), new IdleConnection(codec));
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** Closes an HTTP/2 connection that has no streams. */
    private static final class IdleConnection extends ChannelInboundHandlerAdapter {
        private final Http2FrameCodec codec;

        IdleConnection(Http2FrameCodec codec) {
            this.codec = codec;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent && codec.connection().numActiveStreams() == 0) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
