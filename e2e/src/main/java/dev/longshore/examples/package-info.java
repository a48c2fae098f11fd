/**
 * Programs to start from. Each is complete, is run by a test, and uses only what anyone can use.
 *
 * <p>Entry: {@link dev.longshore.examples.GrpcExample}. Knows the generated messages and gRPC stubs, none of Longshore's
 * own classes.
 */
package dev.longshore.examples;
