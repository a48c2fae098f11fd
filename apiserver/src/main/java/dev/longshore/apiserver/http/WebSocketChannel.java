package dev.longshore.apiserver.http;

/** An open WebSocket. Calls return at once and are safe from any thread. */
interface WebSocketChannel {
    /** Sends a binary message; {@code sent} runs once it has left this process, or when the client has gone. */
    void send(byte[] message, Runnable sent);

    /** Ends the connection normally after everything sent before. */
    void close();

    /** Stops and starts reading what the client sends. */
    void reading(boolean enabled);
}
