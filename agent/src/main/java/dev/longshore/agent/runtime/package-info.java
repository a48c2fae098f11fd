/**
 * The container runtime as the agent sees it: {@link dev.longshore.agent.runtime.ContainerRuntime}, its implementation
 * over CRI and a fake in memory for tests and the simulator.
 *
 * <p>All calls block and belong on task threads. Nothing here knows pods' specifications, the API, or how the runtime
 * was started.
 */
package dev.longshore.agent.runtime;
