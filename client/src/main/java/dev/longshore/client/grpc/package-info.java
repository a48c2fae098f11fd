/**
 * The API over gRPC with mutual TLS. Entry class: {@link dev.longshore.client.grpc.GrpcApiClient}.
 *
 * <p>Calls run on the caller's thread; watches call back on tasks. {@link dev.longshore.client.grpc.GrpcErrors} is
 * the one place where refusals meet gRPC's codes, for both ends. The package does not know what the objects mean.
 */
package dev.longshore.client.grpc;
