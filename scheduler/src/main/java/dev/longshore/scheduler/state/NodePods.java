package dev.longshore.scheduler.state;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The pods of one node, the most important first, with what preemption asks about them in plain numbers. Immutable.
 */
public final class NodePods {
    /** Higher priority first, then who runs longer (Kubernetes scheduler 1.32). */
    public static final Comparator<PodInfo> BY_IMPORTANCE = NodePods::compare;

    public static final NodePods NOBODY = new NodePods(List.of());
    /** Stands for a node whose pods have not been put in order since they changed. */
    static final NodePods UNKNOWN = new NodePods(List.of());

    private final PodInfo[] pods;
    private final int[] priorities;
    private final long[] cpuMillis;
    private final long[] memoryBytes;
    private final long[] ephemeralBytes;

    NodePods(Collection<PlacedPod> placed) {
        pods = placed.stream().map(PlacedPod::pod).sorted(BY_IMPORTANCE).toArray(PodInfo[]::new);
        priorities = new int[pods.length];
        cpuMillis = new long[pods.length];
        memoryBytes = new long[pods.length];
        ephemeralBytes = new long[pods.length];
        for (int i = 0; i < pods.length; i++) {
            Amounts requests = pods[i].requirements().requests();
            priorities[i] = pods[i].priority();
            cpuMillis[i] = requests.cpuMillis();
            memoryBytes[i] = requests.memoryBytes();
            ephemeralBytes[i] = requests.ephemeralBytes();
        }
    }

    private static int compare(PodInfo a, PodInfo b) {
        if (a.priority() != b.priority()) {
            return Integer.compare(b.priority(), a.priority());
        }
        return a.started() != b.started() ? Long.compare(a.started(), b.started()) : a.uid().compareTo(b.uid());
    }

    public int count() {
        return pods.length;
    }

    /** The most important pod is number 0. */
    public PodInfo pod(int number) {
        return pods[number];
    }

    public int priority(int number) {
        return priorities[number];
    }

    /** The number of the first pod whose priority is lower; {@link #count} if there is none. */
    public int firstBelow(int priority) {
        int first = 0;
        while (first < priorities.length && priorities[first] >= priority) {
            first++;
        }
        return first;
    }

    long cpuMillis(int number) {
        return cpuMillis[number];
    }

    long memoryBytes(int number) {
        return memoryBytes[number];
    }

    long ephemeralBytes(int number) {
        return ephemeralBytes[number];
    }
}
