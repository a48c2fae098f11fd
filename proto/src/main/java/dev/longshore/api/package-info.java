/**
 * What everybody says about API objects: the resources ({@link dev.longshore.api.ResourceTypes}), the name of an object
 * and the refusal of a call. The messages themselves are generated from {@code src/main/proto} into the packages below.
 *
 * <p>Start with {@link dev.longshore.api.ResourceType}. Everything is immutable and may be used on any thread. Nothing
 * here knows a store, a server, or how objects travel.
 */
package dev.longshore.api;
