package dev.longshore.apiserver.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import dev.longshore.api.Reason;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelListener;
import dev.longshore.apiserver.tunnel.NodeTunnels.TunnelStream;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.Data;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Function;

/**
 * Exec and attach between a WebSocket and the tunnel (Kubernetes API, v4 and v5.channel.k8s.io): the first byte of each
 * message is its channel. The outcome is a Status on the error channel, after all output.
 */
final class RemoteCommandSession implements WebSocketListener, TunnelListener {
    private static final int STDIN = 0;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final long WINDOW_BYTES = 256 * 1024;

    private final Function<TunnelListener, TunnelStream> opening;
    private WebSocketChannel client;
    private volatile TunnelStream tunnel;
    private volatile boolean ended;

    /** @param opening opens the stream to the node once the client is there */
    RemoteCommandSession(Function<TunnelListener, TunnelStream> opening) {
        this.opening = opening;
    }

    @Override
    public void onOpen(WebSocketChannel channel) {
        client = channel;
        tunnel = opening.apply(this);
        tunnel.request(WINDOW_BYTES);
    }

    @Override
    public void onMessage(byte[] message) {
        if (message.length == 0 || ended) {
            return;
        }
        switch (message[0] & 0xff) {
            case STDIN -> {
                tunnel.send(Data.newBuilder().setChannel(STDIN)
                        .setBytes(ByteString.copyFrom(message, 1, message.length - 1)).build());
                if (!tunnel.writable()) {
                    client.reading(false);
                    // It may have become writable before reading was turned off.
                    if (tunnel.writable()) {
                        client.reading(true);
                    }
                }
            }
            case RESIZE -> resize(message);
            case CLOSE -> {
                if (message.length > 1 && message[1] == STDIN) {
                    tunnel.halfClose(STDIN);
                }
            }
            default -> {
                // Clients write on no other channel.
            }
        }
    }

    private void resize(byte[] message) {
        int width = 0;
        int height = 0;
        try (JsonParser json = JsonCodec.parser(new ByteArrayInputStream(message, 1, message.length - 1))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.currentName().equals("Width")) {
                    width = json.getIntValue();
                } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.currentName().equals("Height")) {
                    height = json.getIntValue();
                }
            }
        } catch (IOException _) {
            // A size that cannot be read changes nothing.
            return;
        }
        if (width > 0 && height > 0) {
            tunnel.resize(width, height);
        }
    }

    @Override
    public void onClosed() {
        if (tunnel != null) {
            tunnel.reset();
        }
    }

    @Override
    public void onData(Data data) {
        byte[] message = new byte[data.getBytes().size() + 1];
        message[0] = (byte) data.getChannel();
        data.getBytes().copyTo(message, 1);
        client.send(message, () -> tunnel.request(message.length - 1));
    }

    @Override
    public void onWritable() {
        client.reading(true);
    }

    @Override
    public void onClosed(Closed closed) {
        ended = true;
        byte[] status = JsonCodec.write(TypeMeta.NONE, outcome(closed));
        byte[] message = new byte[status.length + 1];
        message[0] = ERROR;
        System.arraycopy(status, 0, message, 1, status.length);
        client.send(message, () -> {
        });
        client.close();
    }

    private static Status outcome(Closed closed) {
        Status.Builder status = Status.newBuilder().setMetadata(ListMeta.getDefaultInstance());
        if (!closed.getError().isEmpty()) {
            Reason reason = closed.getReason().isEmpty() ? Reason.INTERNAL_ERROR : Reason.of(closed.getReason());
            return status.setStatus("Failure").setReason(reason.text()).setMessage(closed.getError())
                    .setCode(reason.httpCode()).build();
        }
        if (closed.getExitCode() == 0) {
            return status.setStatus("Success").build();
        }
        String code = Integer.toString(closed.getExitCode());
        return status.setStatus("Failure").setReason("NonZeroExitCode")
                .setMessage("command terminated with exit code " + code).setDetails(StatusDetails.newBuilder()
                        .addCauses(StatusCause.newBuilder().setReason("ExitCode").setMessage(code)))
                .build();
    }
}
