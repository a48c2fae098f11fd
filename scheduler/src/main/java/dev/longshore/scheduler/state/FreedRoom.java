package dev.longshore.scheduler.state;

/**
 * What pods would give back to their node: the resources that every pod may ask for, in plain numbers, so that a node
 * where all of it would be too little is found out without trying.
 */
public final class FreedRoom {
    private long cpuMillis;
    private long memoryBytes;
    private long ephemeralBytes;
    private long pods;

    /** Nothing is given back. */
    public void clear() {
        cpuMillis = 0;
        memoryBytes = 0;
        ephemeralBytes = 0;
        pods = 0;
    }

    /** The pod's room is given back too. */
    public void add(PodInfo pod) {
        Amounts requests = pod.requirements().requests();
        cpuMillis += requests.cpuMillis();
        memoryBytes += requests.memoryBytes();
        ephemeralBytes += requests.ephemeralBytes();
        pods++;
    }

    /** The pod's room is not given back after all. */
    public void subtract(PodInfo pod) {
        Amounts requests = pod.requirements().requests();
        cpuMillis -= requests.cpuMillis();
        memoryBytes -= requests.memoryBytes();
        ephemeralBytes -= requests.ephemeralBytes();
        pods--;
    }

    /** Whether the node could then have room; false: it has not, true: the other resources are still to be asked. */
    public boolean mayDoFor(Amounts wanted, ResourceColumns resources, int slot) {
        return resources.podsFree(slot) + pods >= 1
                && enough(wanted.cpuMillis(), resources.cpuFree(slot) + cpuMillis)
                && enough(wanted.memoryBytes(), resources.memoryFree(slot) + memoryBytes)
                && enough(wanted.ephemeralBytes(), resources.ephemeralFree(slot) + ephemeralBytes);
    }

    private static boolean enough(long wanted, long free) {
        return wanted == 0 || wanted <= free;
    }
}
