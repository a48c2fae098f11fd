package dev.longshore.common.time;

import java.util.concurrent.Executor;

/**
 * What a component may use of the world besides its own collaborators. Nothing else in Longshore reads a clock, waits,
 * draws a random number or starts a thread.
 *
 * @param clock      the time
 * @param timers     later actions
 * @param randomness random numbers and ids
 * @param tasks      runs work that may block, each task on a thread of its own; inline order in the simulator
 */
public record Environment(Clock clock, Timers timers, Randomness randomness, Executor tasks) {}
