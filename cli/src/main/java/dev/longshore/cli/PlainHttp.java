package dev.longshore.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One GET over one new connection, never repeated: a client that retries would hide the losses that the demo counts.
 */
final class PlainHttp {
    private static final int ANSWER_LIMIT_BYTES = 64 * 1024;

    private PlainHttp() {
    }

    /** The lines {@code key=value} of the body. Fails with IOException for anything but a complete 200 answer. */
    static Map<String, String> get(String host, int port, String path, Duration limit) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return fields(read(socket.getInputStream()));
        }
    }

    private static String read(InputStream in) throws IOException {
        byte[] answer = in.readNBytes(ANSWER_LIMIT_BYTES);
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static Map<String, String> fields(String answer) throws IOException {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0 || !answer.startsWith("HTTP/1.") || !answer.substring(8).startsWith(" 200")) {
            throw new IOException("answered: " + answer.lines().findFirst().orElse("nothing"));
        }
        return answer.substring(end + 4).lines().filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
    }
}
