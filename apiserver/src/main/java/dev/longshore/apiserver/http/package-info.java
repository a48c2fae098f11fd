/**
 * The HTTPS edge: HTTP/1.1 and HTTP/2 over TLS, REST requests to {@link dev.longshore.apiserver.registry.Registry}
 * calls, answers as objects, Tables, watch streams, WebSockets or a Status.
 *
 * <p>Entry class: {@link dev.longshore.apiserver.http.NettyHttpServer}, which hands every request as an
 * {@link dev.longshore.apiserver.http.Exchange} to {@link dev.longshore.apiserver.http.ApiHandler}. Netty's event
 * loops only move bytes; each request is handled by a task of its own, which may block. The package does not know how
 * objects are validated or stored.
 */
package dev.longshore.apiserver.http;
