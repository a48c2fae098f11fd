package dev.longshore.apiserver.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One request and its answer, whatever version of HTTP carries it. The first answer wins; later ones are ignored, and
 * so is everything after the client has gone.
 */
interface Exchange {
    String method();

    /** Path and query as sent. */
    String uri();

    /** The decoded path. */
    String path();

    QueryParameters query();

    /** The first value; "" when the header is absent. */
    String header(String name);

    /** The certificate that the client proved to own during the handshake. */
    Optional<X509Certificate> clientCertificate();

    /** Whether the body was cut because it is larger than the edge takes. */
    boolean bodyTooLarge();

    /** The whole body; never modified. */
    byte[] body();

    void respond(Response response);

    /** Starts an answer of unknown length. */
    ResponseStream stream(int status, List<Header> headers);

    /** The code of the answer that has begun; 0 before. */
    int status();

    /** Whether this is a request to go on as a WebSocket. */
    boolean wantsWebSocket();

    /**
     * Answers 101 and goes on as a WebSocket.
     *
     * @param subprotocol one of those that the client offered
     */
    void upgrade(String subprotocol, WebSocketListener listener);

    /** Runs when the exchange has ended or the client has gone; at once if it has. Must not block. */
    void onClosed(Runnable action);
}
