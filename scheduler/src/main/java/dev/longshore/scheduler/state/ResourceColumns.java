package dev.longshore.scheduler.state;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each node has and what is taken of it: one array per resource, indexed by node slot. Rules read the arrays;
 * only {@link ClusterState} changes them.
 */
public final class ResourceColumns {
    private static final int FIRST_SLOTS = 64;

    private long[] cpuAllocatable = new long[FIRST_SLOTS];
    private long[] cpuRequested = new long[FIRST_SLOTS];
    private long[] cpuScored = new long[FIRST_SLOTS];
    private long[] memoryAllocatable = new long[FIRST_SLOTS];
    private long[] memoryRequested = new long[FIRST_SLOTS];
    private long[] memoryScored = new long[FIRST_SLOTS];
    private long[] ephemeralAllocatable = new long[FIRST_SLOTS];
    private long[] ephemeralRequested = new long[FIRST_SLOTS];
    private long[] podsAllocatable = new long[FIRST_SLOTS];
    private long[] pods = new long[FIRST_SLOTS];
    private final Map<String, long[]> extendedAllocatable = new TreeMap<>();
    private final Map<String, long[]> extendedRequested = new TreeMap<>();

    void ensure(int slots) {
        if (slots <= pods.length) {
            return;
        }
        int length = Math.max(slots, pods.length * 2);
        cpuAllocatable = Arrays.copyOf(cpuAllocatable, length);
        cpuRequested = Arrays.copyOf(cpuRequested, length);
        cpuScored = Arrays.copyOf(cpuScored, length);
        memoryAllocatable = Arrays.copyOf(memoryAllocatable, length);
        memoryRequested = Arrays.copyOf(memoryRequested, length);
        memoryScored = Arrays.copyOf(memoryScored, length);
        ephemeralAllocatable = Arrays.copyOf(ephemeralAllocatable, length);
        ephemeralRequested = Arrays.copyOf(ephemeralRequested, length);
        podsAllocatable = Arrays.copyOf(podsAllocatable, length);
        pods = Arrays.copyOf(pods, length);
        extendedAllocatable.replaceAll((_, column) -> Arrays.copyOf(column, length));
        extendedRequested.replaceAll((_, column) -> Arrays.copyOf(column, length));
    }

    void allocatable(int slot, Amounts amounts) {
        cpuAllocatable[slot] = amounts.cpuMillis();
        memoryAllocatable[slot] = amounts.memoryBytes();
        ephemeralAllocatable[slot] = amounts.ephemeralBytes();
        podsAllocatable[slot] = amounts.pods();
        extendedAllocatable.values().forEach(column -> column[slot] = 0);
        put(extendedAllocatable, slot, amounts.extended(), 1);
    }

    /** @param sign 1 takes what the pod requires, -1 gives it back */
    void take(int slot, PodRequirements pod, int sign) {
        cpuRequested[slot] += sign * pod.requests().cpuMillis();
        memoryRequested[slot] += sign * pod.requests().memoryBytes();
        ephemeralRequested[slot] += sign * pod.requests().ephemeralBytes();
        cpuScored[slot] += sign * pod.scoredCpuMillis();
        memoryScored[slot] += sign * pod.scoredMemoryBytes();
        pods[slot] += sign;
        put(extendedRequested, slot, pod.requests().extended(), sign);
    }

    private void put(Map<String, long[]> columns, int slot, SortedMap<String, Long> amounts, int sign) {
        amounts.forEach((name, amount) -> columns
                .computeIfAbsent(name, _ -> new long[pods.length])[slot] += sign * amount);
    }

    public long cpuAllocatable(int slot) {
        return cpuAllocatable[slot];
    }

    public long cpuRequested(int slot) {
        return cpuRequested[slot];
    }

    /** Like {@link #cpuRequested}, but with what LeastAllocated counts for a missing request. */
    public long cpuScored(int slot) {
        return cpuScored[slot];
    }

    public long memoryAllocatable(int slot) {
        return memoryAllocatable[slot];
    }

    public long memoryRequested(int slot) {
        return memoryRequested[slot];
    }

    /** Like {@link #memoryRequested}, but with what LeastAllocated counts for a missing request. */
    public long memoryScored(int slot) {
        return memoryScored[slot];
    }

    public long ephemeralFree(int slot) {
        return ephemeralAllocatable[slot] - ephemeralRequested[slot];
    }

    public long cpuFree(int slot) {
        return cpuAllocatable[slot] - cpuRequested[slot];
    }

    public long memoryFree(int slot) {
        return memoryAllocatable[slot] - memoryRequested[slot];
    }

    public long podsFree(int slot) {
        return podsAllocatable[slot] - pods[slot];
    }

    public long pods(int slot) {
        return pods[slot];
    }

    public long extendedFree(String name, int slot) {
        return amount(extendedAllocatable, name, slot) - amount(extendedRequested, name, slot);
    }

    private static long amount(Map<String, long[]> columns, String name, int slot) {
        long[] column = columns.get(name);
        return column == null ? 0 : column[slot];
    }
}
