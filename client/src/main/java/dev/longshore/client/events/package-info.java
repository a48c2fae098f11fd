/**
 * Events: what a component tells people about an object. Entry class: {@link
 * dev.longshore.client.events.EventRecorder}.
 *
 * <p>Callers are any threads and are never held up; one task at a time sends what is queued. The package does not know
 * who reads events, and nothing may depend on one having arrived.
 */
package dev.longshore.client.events;
