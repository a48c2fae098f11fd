/**
 * What would be: why a pod waits and which single change would place it, where pods would go, and what happens to the
 * pods of a node that leaves. Every answer is found by asking the scheduler's own decider about a copy of the cluster, so
 * it is what the scheduler would do. {@link dev.longshore.scheduler.insight.Explainer} and
 * {@link dev.longshore.scheduler.insight.Simulator} are the entries; both belong to the thread that made them. The
 * package must not know the API client, clocks, or how objects are read.
 */
package dev.longshore.scheduler.insight;
