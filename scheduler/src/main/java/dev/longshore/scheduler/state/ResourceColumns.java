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
 * several of at once. Loops over them count from 0, have few arrays and no branches: then the compiler makes use of
 * that.
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
    /**
     * For the scores, so that these are sums and quotients without cases: what is left when a missing request counts as
     * LeastAllocated counts it; what is divided by, never 0; what is requested, at most all; the part of the sum that
     * the mean is, and of the difference that the deviation is.
     */
    private double[] cpuUnscored = new double[FIRST_SLOTS];
    private double[] memoryUnscored = new double[FIRST_SLOTS];
    private double[] cpuDivisor = ones(FIRST_SLOTS);
    private double[] memoryDivisor = ones(FIRST_SLOTS);
    private double[] cpuCapped = new double[FIRST_SLOTS];
    private double[] memoryCapped = new double[FIRST_SLOTS];
    private double[] meanShare = ones(FIRST_SLOTS);
    private double[] deviationShare = new double[FIRST_SLOTS];
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
        cpuUnscored = Arrays.copyOf(cpuUnscored, length);
        memoryUnscored = Arrays.copyOf(memoryUnscored, length);
        cpuDivisor = Arrays.copyOf(cpuDivisor, length);
        memoryDivisor = Arrays.copyOf(memoryDivisor, length);
        cpuCapped = Arrays.copyOf(cpuCapped, length);
        memoryCapped = Arrays.copyOf(memoryCapped, length);
        meanShare = Arrays.copyOf(meanShare, length);
        deviationShare = Arrays.copyOf(deviationShare, length);
        extendedAllocatable.replaceAll((_, column) -> Arrays.copyOf(column, length));
        extendedRequested.replaceAll((_, column) -> Arrays.copyOf(column, length));
    }

    void allocatable(int slot, Amounts amounts) {
        cpuUnscored[slot] += amounts.cpuMillis() - cpuAllocatable[slot];
        memoryUnscored[slot] += amounts.memoryBytes() - memoryAllocatable[slot];
        cpuAllocatable[slot] = amounts.cpuMillis();
        memoryAllocatable[slot] = amounts.memoryBytes();
        ephemeralAllocatable[slot] = amounts.ephemeralBytes();
        podsAllocatable[slot] = amounts.pods();
        extendedAllocatable.values().forEach(column -> column[slot] = 0);
        put(extendedAllocatable, slot, amounts.extended(), 1);
        cpuDivisor[slot] = Math.max(1, amounts.cpuMillis());
        memoryDivisor[slot] = Math.max(1, amounts.memoryBytes());
        int counted = (amounts.cpuMillis() > 0 ? 1 : 0) + (amounts.memoryBytes() > 0 ? 1 : 0);
        meanShare[slot] = 1.0 / Math.max(1, counted);
        deviationShare[slot] = counted == 2 ? 0.5 : 0;
        cap(slot);
    }

    private void cap(int slot) {
        cpuCapped[slot] = Math.min(cpuRequested[slot], cpuAllocatable[slot]);
        memoryCapped[slot] = Math.min(memoryRequested[slot], memoryAllocatable[slot]);
    }

    /** @param sign 1 takes what the pod requires, -1 gives it back */
    void take(int slot, PodRequirements pod, int sign) {
        cpuRequested[slot] += sign * pod.requests().cpuMillis();
        memoryRequested[slot] += sign * pod.requests().memoryBytes();
        ephemeralRequested[slot] += sign * pod.requests().ephemeralBytes();
        cpuUnscored[slot] -= sign * pod.scoredCpuMillis();
        memoryUnscored[slot] -= sign * pod.scoredMemoryBytes();
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

    /**
     * Writes, for the slots {@code from} to {@code to} - 1, how many hundredths of cpu and memory would be unused on
     * average, each quotient cut; a resource that a node has nothing of is left out, and more than all taken is 0.
     */
    public void meanUnused(double cpuWanted, double memoryWanted, int from, int to, double[] hundredths) {
        int count = to - from;
        Arrays.fill(hundredths, from, to, 0);
        addTwiceUnused(cpuUnscored, cpuDivisor, cpuWanted, from, count, hundredths);
        addTwiceUnused(memoryUnscored, memoryDivisor, memoryWanted, from, count, hundredths);
        double[] share = meanShare;
        for (int i = 0; i < count; i++) {
            hundredths[from + i] = Math.floor(hundredths[from + i] * 0.5 * share[from + i]);
        }
    }

    /** The sum of x and |x| is 2x, or 0 for a negative x. */
    private static void addTwiceUnused(double[] unscored, double[] divisor, double wanted, int from, int count,
            double[] sums) {
        for (int i = 0; i < count; i++) {
            double left = Math.floor((unscored[from + i] - wanted) * 100 / divisor[from + i]);
            sums[from + i] += left + Math.abs(left);
        }
    }

    /**
     * Writes, for the slots {@code from} to {@code to} - 1, one minus the standard deviation of the parts of cpu and
     * memory that would be taken, in hundredths, cut. The part of an overcommitted resource is 1.
     */
    public void evenness(double cpuWanted, double memoryWanted, int from, int to, double[] hundredths) {
        double[] cpuTaken = cpuCapped;
        double[] memoryTaken = memoryCapped;
        double[] cpuOver = cpuDivisor;
        double[] memoryOver = memoryDivisor;
        double[] share = deviationShare;
        int count = to - from;
        for (int i = 0; i < count; i++) {
            int slot = from + i;
            double deviation = Math.abs((cpuTaken[slot] + cpuWanted) / cpuOver[slot]
                    - (memoryTaken[slot] + memoryWanted) / memoryOver[slot]) * share[slot];
            hundredths[slot] = Math.floor((1 - deviation) * 100);
        }
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
            case "cpu" -> (long) (cpuAllocatable[slot] - cpuUnscored[slot]);
            case "memory" -> (long) (memoryAllocatable[slot] - memoryUnscored[slot]);
            default -> requests(resource, slot);
        };
    }

    private static long amount(Map<String, long[]> columns, String name, int slot) {
        long[] column = columns.get(name);
        return column == null ? 0 : column[slot];
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
