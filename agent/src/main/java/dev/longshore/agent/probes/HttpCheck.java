package dev.longshore.agent.probes;

import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.HTTPHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One HTTP request of a probe or a hook: a connection of its own, no certificate check, success for codes 200 to 399
 * (Kubernetes API, HTTPGetAction).
 */
final class HttpCheck {
    private static final int RESPONSE_LIMIT_BYTES = 10 << 10;
    private static final int LOWEST_SUCCESS = 200;
    private static final int LOWEST_FAILURE = 400;

    private HttpCheck() {
    }

    static ProbeOutcome run(HTTPGetAction action, String host, int port, Duration limit) {
        int millis = (int) Math.max(1, limit.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            Socket channel = action.getScheme().equals("HTTPS") ? secured(socket, host, port) : socket;
            channel.getOutputStream().write(request(action, host, port).getBytes(StandardCharsets.UTF_8));
            channel.getOutputStream().flush();
            return judge(read(channel.getInputStream()));
        } catch (IOException | GeneralSecurityException e) {
            return ProbeOutcome.failure("Get \"" + action.getScheme().toLowerCase(Locale.ROOT) + "://" + host
                    + ":" + port + action.getPath() + "\": " + e.getMessage());
        }
    }

    private static String request(HTTPGetAction action, String host, int port) {
        StringBuilder text = new StringBuilder("GET ").append(action.getPath().isEmpty() ? "/" : action.getPath())
                .append(" HTTP/1.1\r\nConnection: close\r\n");
        boolean hostGiven = false;
        boolean agentGiven = false;
        for (HTTPHeader header : action.getHttpHeadersList()) {
            hostGiven |= header.getName().equalsIgnoreCase("Host");
            agentGiven |= header.getName().equalsIgnoreCase("User-Agent");
            text.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (!hostGiven) {
            text.append("Host: ").append(host.contains(":") ? "[" + host + "]" : host).append(':').append(port)
                    .append("\r\n");
        }
        if (!agentGiven) {
            text.append("User-Agent: kube-probe/1.32\r\nAccept: */*\r\n");
        }
        return text.append("\r\n").toString();
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        while (bytes.size() < RESPONSE_LIMIT_BYTES) {
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            bytes.write(buffer, 0, count);
            if (new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                break;
            }
        }
        return bytes.toByteArray();
    }

    private static ProbeOutcome judge(byte[] response) {
        String[] words = new String(response, StandardCharsets.ISO_8859_1).split("\r\n", 2)[0].split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[1-5][0-9][0-9]")) {
            return ProbeOutcome.failure("malformed HTTP response");
        }
        int code = Integer.parseInt(words[1]);
        return code >= LOWEST_SUCCESS && code < LOWEST_FAILURE
                ? ProbeOutcome.success("HTTP " + code)
                : ProbeOutcome.failure("HTTP probe failed with statuscode: " + code);
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new TrustAll()}, null);
        return context.getSocketFactory().createSocket(socket, host, port, true);
    }

    /** A probe asks whether the server answers, not who it is: pods mostly have certificates of their own making. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
