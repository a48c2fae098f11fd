/**
 * The gRPC edge: the same API as HTTP without JSON, the stream of bindings, and the agents' tunnel. Entry class:
 * {@link dev.longshore.apiserver.grpc.GrpcEdge}.
 *
 * <p>Mutual TLS only. Calls run on tasks and may block; gRPC's own threads only move bytes. The package does not know
 * how objects are validated or stored.
 */
package dev.longshore.apiserver.grpc;
