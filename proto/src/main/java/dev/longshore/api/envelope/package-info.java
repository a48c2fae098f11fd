/**
 * Objects in the protobuf encoding of the Kubernetes API, on the wire and in the store.
 *
 * <p>Entry class: {@link dev.longshore.api.envelope.ProtobufEnvelope}. Stateless, any thread. The package knows neither
 * HTTP nor a store, and no kinds.
 */
package dev.longshore.api.envelope;
