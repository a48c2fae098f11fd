package dev.longshore.apiserver.http;

/** Handles one request on a thread of its own; it may block. */
interface RequestHandler {
    void handle(Exchange exchange);
}
