/**
 * What a component gets of the world by its constructor: the time, timers, random numbers and threads. Entry class:
 * {@link dev.longshore.common.time.Environment}.
 *
 * <p>{@link dev.longshore.common.time.SystemEnvironment} is the only production class that reads the machine's clock,
 * starts timers or draws random numbers; the simulator has an environment of its own. Usable from any thread. Timers'
 * actions run on the timer thread and must not block. The package knows nobody who uses it.
 */
package dev.longshore.common.time;
