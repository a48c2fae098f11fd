package dev.longshore.apiserver.http;

import java.time.Duration;

/** What one client may take of the HTTP edge. Reaching a limit gives a 4xx answer or ends the connection. */
final class HttpLimits {
    /** Kubernetes API server: MaxRequestBodyBytes. */
    static final int BODY_BYTES = 3 * 1024 * 1024;
    /** What is still read, and thrown away, of a body that is too large, so that the client gets to see the answer. */
    static final int DISCARDED_BODY_BYTES = 32 * 1024 * 1024;
    /** Exec puts whole commands into the URI. */
    static final int URI_BYTES = 64 * 1024;
    static final int HEADER_BYTES = 64 * 1024;
    static final int QUERY_PARAMETERS = 1_000;
    static final int STREAMS_PER_CONNECTION = 250;
    static final int CONNECTIONS = 10_000;
    /** Requests of one user that run at once, watches and streams left out (Kubernetes: 400 for all users together). */
    static final int IN_FLIGHT_PER_USER = 400;
    /** Watches and streams of one user. */
    static final int LONG_RUNNING_PER_USER = 5_000;
    /** Kubernetes API server: RequestTimeout. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** From a request's first byte to its last. */
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    /** A connection without any request is closed after this time. */
    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(3);
    /** A client that takes no bytes of an answer for so long is gone. */
    static final Duration WRITE_STALL = Duration.ofSeconds(60);
    static final int RETRY_AFTER_SECONDS = 1;
    static final int WEB_SOCKET_FRAME_BYTES = 1024 * 1024;

    private HttpLimits() {
    }
}
