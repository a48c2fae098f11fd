package dev.longshore.agent.tunnel;

import dev.longshore.agent.runtime.StreamOptions;
import dev.longshore.agent.tunnel.SpdyConnection.Event;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.Closed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Exec and attach against the runtime's streaming server: one SPDY stream per channel, version 4 of the remote command
 * protocol, in which the error stream ends with a Status object.
 */
final class RemoteCommand {
    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    /** A Status is far smaller. */
    private static final int STATUS_LIMIT_BYTES = 64 * 1024;

    private final Environment environment;

    RemoteCommand(Environment environment) {
        this.environment = environment;
    }

    /** @param channels which of them the caller wants; with a terminal there is no stderr */
    Closed run(URI url, StreamOptions channels, AgentStream stream) throws IOException {
        try (SpdyConnection connection = SpdyConnection.open(url, PROTOCOL)) {
            stream.onCancel(connection::close);
            int error = connection.openStream(Map.of("streamtype", "error"));
            Map<Integer, Integer> outputs = new HashMap<>();
            int stdin = channels.stdin() ? connection.openStream(Map.of("streamtype", "stdin")) : 0;
            if (channels.stdout()) {
                outputs.put(connection.openStream(Map.of("streamtype", "stdout")), STDOUT);
            }
            if (channels.stderr()) {
                outputs.put(connection.openStream(Map.of("streamtype", "stderr")), STDERR);
            }
            int resize = channels.tty() ? connection.openStream(Map.of("streamtype", "resize")) : 0;
            environment.tasks().execute(() -> pump(stream, connection, stdin, resize));
            return RemoteStatus.read(collect(connection, error, outputs, stream));
        }
    }

    /** Passes output on until every stream from the other side has ended; answers what came on the error stream. */
    private static byte[] collect(SpdyConnection connection, int error, Map<Integer, Integer> outputs,
            AgentStream stream) throws IOException {
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        Set<Integer> open = new HashSet<>(outputs.keySet());
        open.add(error);
        while (!open.isEmpty()) {
            switch (connection.next()) {
                case Event.Data(int id, byte[] bytes, boolean last) -> {
                    if (outputs.containsKey(id)) {
                        stream.write(outputs.get(id), bytes, 0, bytes.length);
                    } else if (id == error && status.size() + bytes.length <= STATUS_LIMIT_BYTES) {
                        status.write(bytes);
                    }
                    if (last) {
                        open.remove(id);
                    }
                }
                case Event.Reset(int id) -> open.remove(id);
                case Event.End() -> open.clear();
            }
        }
        return status.toByteArray();
    }

    private static void pump(AgentStream stream, SpdyConnection connection, int stdin, int resize) {
        try {
            boolean ended = false;
            while (!ended || resize != 0) {
                switch (stream.take()) {
                    case Inbound.Bytes(var bytes) -> {
                        if (stdin != 0 && !ended) {
                            connection.send(stdin, bytes.toByteArray(), false);
                        }
                    }
                    case Inbound.Size(int width, int height) -> {
                        if (resize != 0) {
                            connection.send(resize, ("{\"Width\":" + width + ",\"Height\":" + height + "}\n")
                                    .getBytes(StandardCharsets.UTF_8), false);
                        }
                    }
                    case Inbound.End() -> {
                        if (ended) {
                            return;
                        }
                        ended = true;
                        if (stdin != 0) {
                            connection.send(stdin, new byte[0], true);
                        }
                    }
                }
            }
        } catch (IOException e) {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.close();
        }
    }
}
