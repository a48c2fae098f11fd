/**
 * The agent's own containerd: started as a child that outlives the agent, adopted when it still runs, with a root, a
 * state directory, a socket and a configuration of its own.
 *
 * <p>Start with {@link dev.longshore.agent.containerd.Containerd}. Its methods block and are called by one thread.
 * Nothing here knows pods or the API.
 */
package dev.longshore.agent.containerd;
