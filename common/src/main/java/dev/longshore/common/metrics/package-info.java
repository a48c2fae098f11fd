/**
 * Numbers about a process for monitoring systems. Entry class: {@link dev.longshore.common.metrics.Metrics};
 * {@link dev.longshore.common.metrics.MetricsEndpoint} serves them where a component has no port of its own.
 *
 * <p>Meters may be changed and read from any thread. The package names no meter: components do.
 */
package dev.longshore.common.metrics;
