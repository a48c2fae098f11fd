/**
 * The API server's end of the node tunnel: agents dial in, and logs, exec and attach go back through their connection.
 * Entry class: {@link dev.longshore.apiserver.tunnel.TunnelHub}.
 *
 * <p>Each connection's frames come from gRPC one at a time; what other threads share is under the stream's monitor.
 * Each direction of a stream carries no more bytes than its receiver granted. The package does not know who
 * authenticated the agent, nor what the streams are used for.
 */
package dev.longshore.apiserver.tunnel;
