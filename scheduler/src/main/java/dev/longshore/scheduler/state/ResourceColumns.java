package dev.longshore.scheduler.state;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each node has and what is taken of it: one array per resource, indexed by node slot. Rules read the arrays;
 * only {@link ClusterState} changes them.
 *
 * <p>Amounts are whole numbers kept as doubles, exact up to 2^53 (8 PiB), and so are quotients of them when cut: the
 * double nearest to a quotient of such numbers is never the next whole number. Doubles are what processors divide
 * several of at once; {@link ScoreColumns} makes use of that.
 */
public final class ResourceColumns {
    private static final int FIRST_SLOTS = 64;

    private double[] cpuAllocatable = new double[FIRST_SLOTS];
    private double[] cpuRequested = new double[FIRST_SLOTS];
    private double[] memoryAllocatable = new double[FIRST_SLOTS];
    private double[] memoryRequested = new double[FIRST_SLOTS];
    private double[] ephemeralAllocatable = new double[FIRST_SLOTS];
    private double[] ephemeralRequested = new double[FIRST_SLOTS];
    private double[] podsAllocatable = new double[FIRST_SLOTS];
    private double[] pods = new double[FIRST_SLOTS];
    private final ScoreColumns scores = new ScoreColumns(FIRST_SLOTS);
    private final Map<String, long[]> extendedAllocatable = new TreeMap<>();
    private final Map<String, long[]> extendedRequested = new TreeMap<>();

    void ensure(int slots) {
        if (slots <= pods.length) {
            return;
        }
        int length = Math.max(slots, pods.length * 2);
        cpuAllocatable = Arrays.copyOf(cpuAllocatable, length);
        cpuRequested = Arrays.copyOf(cpuRequested, length);
        memoryAllocatable = Arrays.copyOf(memoryAllocatable, length);
        memoryRequested = Arrays.copyOf(memoryRequested, length);
        ephemeralAllocatable = Arrays.copyOf(ephemeralAllocatable, length);
        ephemeralRequested = Arrays.copyOf(ephemeralRequested, length);
        podsAllocatable = Arrays.copyOf(podsAllocatable, length);
        pods = Arrays.copyOf(pods, length);
        scores.lengthen(length);
        extendedAllocatable.replaceAll((_, column) -> Arrays.copyOf(column, length));
        extendedRequested.replaceAll((_, column) -> Arrays.copyOf(column, length));
    }

    void allocatable(int slot, Amounts amounts) {
        scores.allocatable(slot, amounts);
        scores.take(slot, cpuAllocatable[slot] - amounts.cpuMillis(), memoryAllocatable[slot] - amounts.memoryBytes());
        cpuAllocatable[slot] = amounts.cpuMillis();
        memoryAllocatable[slot] = amounts.memoryBytes();
        ephemeralAllocatable[slot] = amounts.ephemeralBytes();
        podsAllocatable[slot] = amounts.pods();
        extendedAllocatable.values().forEach(column -> column[slot] = 0);
        put(extendedAllocatable, slot, amounts.extended(), 1);
        cap(slot);
    }

    private void cap(int slot) {
        scores.capped(slot, Math.min(cpuRequested[slot], cpuAllocatable[slot]),
                Math.min(memoryRequested[slot], memoryAllocatable[slot]));
    }

    /** @param sign 1 takes what the pod requires, -1 gives it back */
    void take(int slot, PodRequirements pod, int sign) {
        cpuRequested[slot] += sign * pod.requests().cpuMillis();
        memoryRequested[slot] += sign * pod.requests().memoryBytes();
        ephemeralRequested[slot] += sign * pod.requests().ephemeralBytes();
        scores.take(slot, sign * pod.scoredCpuMillis(), sign * pod.scoredMemoryBytes());
        pods[slot] += sign;
        cap(slot);
        if (!pod.requests().extended().isEmpty()) {
            put(extendedRequested, slot, pod.requests().extended(), sign);
        }
    }

    private void put(Map<String, long[]> columns, int slot, SortedMap<String, Long> amounts, int sign) {
        amounts.forEach((name, amount) -> columns
                .computeIfAbsent(name, _ -> new long[pods.length])[slot] += sign * amount);
    }

    /** Thousandths of a processor that pods request, by slot. Do not modify; valid until nodes come. */
    public double[] cpuRequested() {
        return cpuRequested;
    }

    /** The same amounts as the usual scores ask for them. */
    public ScoreColumns scores() {
        return scores;
    }

    /**
     * The slots below {@code slots} where there is room for one more pod with these requests, extended resources apart,
     * a bit for each. Who asks for nothing of a resource fits even where more is taken than there is.
     */
    public long[] room(Amounts wanted, int slots) {
        long[] words = new long[(slots + Long.SIZE - 1) / Long.SIZE];
        double cpu = bound(wanted.cpuMillis());
        double memory = bound(wanted.memoryBytes());
        double ephemeral = bound(wanted.ephemeralBytes());
        for (int word = 0; word < words.length; word++) {
            int first = word * Long.SIZE;
            long bits = 0;
            for (int slot = first; slot < Math.min(first + Long.SIZE, slots); slot++) {
                boolean fits = podsAllocatable[slot] - pods[slot] >= 1
                        & cpuAllocatable[slot] - cpuRequested[slot] >= cpu
                        & memoryAllocatable[slot] - memoryRequested[slot] >= memory
                        & ephemeralAllocatable[slot] - ephemeralRequested[slot] >= ephemeral;
                bits |= (fits ? 1L : 0L) << slot;
            }
            words[word] = bits;
        }
        return words;
    }

    private static double bound(long wanted) {
        return wanted == 0 ? Double.NEGATIVE_INFINITY : wanted;
    }

    public long ephemeralFree(int slot) {
        return (long) (ephemeralAllocatable[slot] - ephemeralRequested[slot]);
    }

    public long cpuFree(int slot) {
        return (long) (cpuAllocatable[slot] - cpuRequested[slot]);
    }

    public long memoryFree(int slot) {
        return (long) (memoryAllocatable[slot] - memoryRequested[slot]);
    }

    public long podsFree(int slot) {
        return (long) (podsAllocatable[slot] - pods[slot]);
    }

    public long extendedFree(String name, int slot) {
        return amount(extendedAllocatable, name, slot) - amount(extendedRequested, name, slot);
    }

    /** Whether every node may have it, so that it has a column of its own. */
    public static boolean isNative(String resource) {
        return resource.equals("cpu") || resource.equals("memory") || resource.equals("ephemeral-storage");
    }

    /** How much of any resource there is; of cpu, thousandths. */
    public long capacity(String resource, int slot) {
        return switch (resource) {
            case "cpu" -> (long) cpuAllocatable[slot];
            case "memory" -> (long) memoryAllocatable[slot];
            case "ephemeral-storage" -> (long) ephemeralAllocatable[slot];
            default -> amount(extendedAllocatable, resource, slot);
        };
    }

    /** How much of any resource pods request. */
    public long requests(String resource, int slot) {
        return switch (resource) {
            case "cpu" -> (long) cpuRequested[slot];
            case "memory" -> (long) memoryRequested[slot];
            case "ephemeral-storage" -> (long) ephemeralRequested[slot];
            default -> amount(extendedRequested, resource, slot);
        };
    }

    /** As {@link #requests}, where a missing request of cpu or memory counts as LeastAllocated counts it. */
    public long scoredRequests(String resource, int slot) {
        return switch (resource) {
            case "cpu" -> (long) (cpuAllocatable[slot] - scores.cpuUnscored(slot));
            case "memory" -> (long) (memoryAllocatable[slot] - scores.memoryUnscored(slot));
            default -> requests(resource, slot);
        };
    }

    private static long amount(Map<String, long[]> columns, String name, int slot) {
        long[] column = columns.get(name);
        return column == null ? 0 : column[slot];
    }
}
