/**
 * The scheduler's decisions. {@link dev.longshore.scheduler.cycle.SchedulingMachine} takes events and answers intents;
 * it does nothing else, so tests, the simulator and replay drive it as production does. Owner thread: the scheduler's
 * loop. The package must not know threads, locks, sockets or the API client.
 */
package dev.longshore.scheduler.cycle;
