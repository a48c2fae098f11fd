/**
 * A cluster on one thread with simulated time: the real registry over a store in memory, the real reconcilers, the real
 * scheduler, and agents that only pretend to run containers. A seed decides everything that is left to chance, faults
 * included, so a seed that fails fails again. {@link dev.longshore.sim.SimRunner} is the entry.
 *
 * <p>Owner thread: whoever calls {@link dev.longshore.sim.Simulation#run}; one simulation never uses two. The package
 * knows every component and must not be known by any.
 */
package dev.longshore.sim;
