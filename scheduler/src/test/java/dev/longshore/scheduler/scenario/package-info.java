/**
 * Clusters written as lines of text, for tables and random tests: {@code node a zone=1 cpu:4},
 * {@code pod web@a app=web near(zone,app=db)}. {@link dev.longshore.scheduler.scenario.Lines} reads a line into an API
 * object. The package knows nothing of the scheduler.
 */
package dev.longshore.scheduler.scenario;
