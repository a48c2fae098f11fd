/**
 * Places pods on nodes. {@link dev.longshore.scheduler.Scheduler} is the component: it turns what informers see into
 * events, has {@link dev.longshore.scheduler.cycle.SchedulingMachine} decide, and carries the intents out.
 *
 * <p>Owner thread: the event loop {@code scheduler}. It takes events and posts intents and never blocks; calls to the API
 * run on task threads and come back as events. The package must not know stores, registries or reconcilers.
 */
package dev.longshore.scheduler;
