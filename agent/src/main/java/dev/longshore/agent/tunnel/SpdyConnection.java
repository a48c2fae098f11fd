package dev.longshore.agent.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The client's end of a SPDY/3.1 connection as the streaming servers of container runtimes speak it: upgraded from
 * HTTP/1.1, without flow control of its own, so a slow reader holds the whole connection back. Calls block. Any thread
 * may send; one thread reads.
 */
final class SpdyConnection implements AutoCloseable {
    private static final int CONNECT_LIMIT_MILLIS = 5_000;
    private static final int ANSWER_LIMIT_BYTES = 16 * 1024;
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Socket socket;
    /** Netty's codec, once per direction: it keeps the compression state of the headers it has written or read. */
    private final EmbeddedChannel writer = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final EmbeddedChannel reader = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private int nextStream = 1;

    private SpdyConnection(Socket socket) {
        this.socket = socket;
    }

    /** What the other side does. */
    sealed interface Event {
        /** {@code last}: the stream's other half is closed. */
        record Data(int stream, byte[] bytes, boolean last) implements Event {}

        record Reset(int stream) implements Event {}

        /** The connection is over. */
        record End() implements Event {}
    }

    /**
     * Connects and upgrades.
     *
     * @throws IOException also when the server answers anything but the upgrade to SPDY with this protocol
     */
    static SpdyConnection open(URI url, String protocol) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_LIMIT_MILLIS);
            String request = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                    + "\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: " + protocol
                    + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            verify(answer(socket.getInputStream()), protocol);
            return new SpdyConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0 || head.size() > ANSWER_LIMIT_BYTES) {
                throw new IOException("the runtime's streaming server did not answer the upgrade");
            }
            head.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Only a verified 101 may turn a connection into a raw one. */
    private static void verify(String head, String protocol) throws IOException {
        String[] lines = head.split("\r\n");
        boolean upgraded = lines[0].startsWith("HTTP/1.1 101 ") && has(lines, "upgrade", "SPDY/3.1")
                && has(lines, "x-stream-protocol-version", protocol);
        if (!upgraded) {
            throw new IOException("the runtime's streaming server refused the upgrade: " + lines[0]);
        }
    }

    private static boolean has(String[] lines, String name, String value) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)
                    && line.substring(colon + 1).strip().equalsIgnoreCase(value)) {
                return true;
            }
        }
        return false;
    }

    int openStream(Map<String, String> headers) throws IOException {
        synchronized (writer) {
            int id = nextStream;
            nextStream += 2;
            var frame = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
            headers.forEach((name, value) -> frame.headers().add(name, value));
            write(frame);
            return id;
        }
    }

    /** Sends bytes on a stream; {@code last} closes our half of it. */
    void send(int stream, byte[] bytes, boolean last) throws IOException {
        var frame = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes));
        frame.setLast(last);
        write(frame);
    }

    private void write(SpdyFrame frame) throws IOException {
        synchronized (writer) {
            writer.writeOutbound(frame);
            for (ByteBuf bytes = writer.readOutbound(); bytes != null; bytes = writer.readOutbound()) {
                try {
                    socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
                } finally {
                    bytes.release();
                }
            }
        }
    }

    /** Waits for what the other side does next. */
    Event next() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            for (Object frame = reader.readInbound(); frame != null; frame = reader.readInbound()) {
                try {
                    switch (frame) {
                        case SpdyDataFrame data -> {
                            return new Event.Data(data.streamId(), ByteBufUtil.getBytes(data.content()), data.isLast());
                        }
                        case SpdySynReplyFrame reply when reply.isLast() -> {
                            return new Event.Data(reply.streamId(), new byte[0], true);
                        }
                        case SpdyRstStreamFrame reset -> {
                            return new Event.Reset(reset.streamId());
                        }
                        case SpdyGoAwayFrame _ -> {
                            return new Event.End();
                        }
                        case SpdyPingFrame ping -> write(ping);
                        default -> {
                        } // Settings and windows mean nothing to these servers.
                    }
                } finally {
                    ReferenceCountUtil.release(frame);
                }
            }
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                return new Event.End();
            }
            reader.writeInbound(Unpooled.copiedBuffer(buffer, 0, read));
        }
    }

    /** Ends the connection; a reader gets an exception or the end. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // Closing is all that was wanted.
        }
    }
}
