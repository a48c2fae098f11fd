/**
 * Whether this API server is well: {@link dev.longshore.apiserver.health.HealthChecks}.
 *
 * <p>Checks run on the asking request's thread and may block for a bounded time. The package does not know HTTP.
 */
package dev.longshore.apiserver.health;
