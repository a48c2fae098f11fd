/**
 * A cluster on one thread with time of its own: the real controllers over the in-memory API, and simulated nodes.
 * Entry: {@link dev.longshore.controllers.simulated.SimulatedCluster}. The seed decides every delay.
 */
package dev.longshore.controllers.simulated;
