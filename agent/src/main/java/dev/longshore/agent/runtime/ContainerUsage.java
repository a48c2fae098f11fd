package dev.longshore.agent.runtime;

/**
 * What a container uses.
 *
 * @param cpuNanos        processor time since its start
 * @param workingSetBytes memory that cannot be reclaimed without harm
 */
public record ContainerUsage(String containerId, long cpuNanos, long workingSetBytes) {}
