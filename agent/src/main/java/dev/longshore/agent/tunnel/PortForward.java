package dev.longshore.agent.tunnel;

import dev.longshore.api.Reason;
import dev.longshore.common.time.Environment;
import dev.longshore.grpc.v1.Closed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Connects a stream with a port of a pod, by the pod's address. So a server that listens on the pod's loopback alone is
 * not reached; one on all addresses is.
 */
final class PortForward {
    private static final int CONNECT_LIMIT_MILLIS = 5_000;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LARGEST_PORT = 65_535;
    private static final int OUT = 1;

    private final Environment environment;

    PortForward(Environment environment) {
        this.environment = environment;
    }

    Closed run(String address, int port, AgentStream stream) throws IOException, StreamFailure {
        if (port < 1 || port > LARGEST_PORT) {
            throw new StreamFailure(Reason.BAD_REQUEST, "port " + port + " is not between 1 and 65535");
        }
        try (Socket socket = new Socket()) {
            stream.onCancel(() -> close(socket));
            connect(socket, address, port);
            environment.tasks().execute(() -> pump(stream, socket));
            byte[] buffer = new byte[BUFFER_BYTES];
            for (Optional<Integer> read = read(socket, buffer); read.isPresent(); read = read(socket, buffer)) {
                stream.write(OUT, buffer, 0, read.get());
            }
            return Closed.getDefaultInstance();
        }
    }

    private static void connect(Socket socket, String address, int port) throws StreamFailure {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), CONNECT_LIMIT_MILLIS);
        } catch (IOException e) {
            throw new StreamFailure(Reason.SERVICE_UNAVAILABLE,
                    "cannot connect to port " + port + " of the pod: " + e.getMessage());
        }
    }

    private static Optional<Integer> read(Socket socket, byte[] buffer) throws IOException {
        int read = socket.getInputStream().read(buffer);
        return read < 0 ? Optional.empty() : Optional.of(read);
    }

    private static void pump(AgentStream stream, Socket socket) {
        try {
            Inbound next = stream.take();
            while (!(next instanceof Inbound.End)) {
                if (next instanceof Inbound.Bytes(var bytes)) {
                    bytes.writeTo(socket.getOutputStream());
                }
                next = stream.take();
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            close(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // Closing is all that was wanted.
        }
    }
}
