package dev.longshore.apiserver.http;

/** The body of an answer that is written piece by piece, by one thread at a time. */
interface ResponseStream {
    /**
     * Sends a piece at once; waits while the client is behind.
     *
     * @return false when the client has gone or is stuck: nothing more needs to be written
     */
    boolean write(byte[] piece);

    void end();
}
