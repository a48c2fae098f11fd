package dev.longshore.scheduler.state;

/**
 * What pods of a node would give back to it: the resources that every pod may ask for, in plain numbers, so that a node
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

    /** The room of the pod of this number is given back too. */
    public void add(NodePods of, int number) {
        cpuMillis += of.cpuMillis(number);
        memoryBytes += of.memoryBytes(number);
        ephemeralBytes += of.ephemeralBytes(number);
        pods++;
    }

    /** The room of all pods from this number on is given back too. */
    public void addFrom(NodePods of, int first) {
        for (int i = first; i < of.count(); i++) {
            add(of, i);
        }
    }

    /** The room of the pod of this number is not given back after all. */
    public void subtract(NodePods of, int number) {
        cpuMillis -= of.cpuMillis(number);
        memoryBytes -= of.memoryBytes(number);
        ephemeralBytes -= of.ephemeralBytes(number);
        pods--;
    }

    /** A pod that is not there yet takes of it. */
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
