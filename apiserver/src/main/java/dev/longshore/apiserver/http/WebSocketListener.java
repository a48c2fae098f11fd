package dev.longshore.apiserver.http;

/** What comes in over a WebSocket. Called by one thread, in order; must not block. */
interface WebSocketListener {
    /** The first call. */
    void onOpen(WebSocketChannel channel);

    void onMessage(byte[] message);

    /** The last call. */
    void onClosed();
}
