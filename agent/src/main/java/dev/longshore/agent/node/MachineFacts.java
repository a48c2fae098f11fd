package dev.longshore.agent.node;

/**
 * What this machine has and is.
 *
 * @param cpuMillis    processors that this process may use, in thousandths
 * @param diskBytes    size of the filesystem that holds the agent's data
 * @param osImage      the distribution's own name
 * @param architecture in Go's words: {@code amd64}
 */
public record MachineFacts(long cpuMillis, long memoryBytes, long diskBytes, String machineId, String systemUuid,
        String bootId, String kernelVersion, String osImage, String architecture) {}
