/**
 * Messages of the API as JSON and YAML, in the form that the Kubernetes API gives them.
 *
 * <p>Entry classes: {@link dev.longshore.api.json.JsonCodec}, {@link dev.longshore.api.json.YamlCodec} and
 * {@link dev.longshore.api.json.Canonical}. All work from plans that are computed once per message type from the
 * descriptor and its options; no kind has code of its own. Between JSON and a message stands the message's encoding:
 * generated code is fast at turning the one into the other, and slow when it is asked for its fields one by one.
 * Stateless, any thread. The package does not know which kinds a server stores, nor HTTP.
 */
package dev.longshore.api.json;
