package dev.longshore.scheduler.state;

import java.util.Arrays;

/**
 * What the two scores that every pod has are made of, so that they are sums and quotients without cases: one array per
 * quantity, indexed by node slot. Rules ask; only {@link ResourceColumns} changes it.
 *
 * <p>Loops here count from 0, have few arrays, the same index into all of them, and no branches: then the compiler
 * turns them into vector instructions. Dividing is most of their cost, so there are bounds that multiply instead; few
 * nodes whose bound is high are then worth the quotients.
 *
 * <p>Example: a node has 3,000 of 4,000 thousandths of a processor free, and a pod wants 120. Then 2,880 * 100 / 4,000
 * = 72 hundredths are left. The bound multiplies by a number a little above 100 / 4,000 and comes to 72 too; in unlucky
 * cases to one more, never to less.
 */
public final class ScoreColumns {
    /** Factors are too large by this: more than their own rounding and that of a product can take off. */
    private static final double ABOVE_ROUNDING = 1 + 0x1p-50;
    /** More than rounding, and factors too large, can add to a difference of two numbers up to 100. */
    private static final double SLACK = 0x1p-36;

    /** What is left when a missing request counts as LeastAllocated counts it; negative where more is taken. */
    private double[] cpuUnscored;
    private double[] memoryUnscored;
    /** What is divided by, never 0, and for bounds what a part of it is multiplied by to be hundredths. */
    private double[] cpuDivisor;
    private double[] memoryDivisor;
    private double[] cpuFactor;
    private double[] memoryFactor;
    /** What is requested, at most all. */
    private double[] cpuCapped;
    private double[] memoryCapped;
    /** The part of the sum that the mean is, and of the difference that the deviation is. */
    private double[] meanShare;
    private double[] deviationShare;
    /** Room for what one loop leaves to the next. */
    private double[] unused;

    ScoreColumns(int slots) {
        cpuUnscored = new double[slots];
        memoryUnscored = new double[slots];
        cpuDivisor = ones(slots);
        memoryDivisor = ones(slots);
        cpuFactor = ones(slots);
        memoryFactor = ones(slots);
        cpuCapped = new double[slots];
        memoryCapped = new double[slots];
        meanShare = ones(slots);
        deviationShare = new double[slots];
        unused = new double[slots];
    }

    void lengthen(int length) {
        cpuUnscored = Arrays.copyOf(cpuUnscored, length);
        memoryUnscored = Arrays.copyOf(memoryUnscored, length);
        cpuDivisor = Arrays.copyOf(cpuDivisor, length);
        memoryDivisor = Arrays.copyOf(memoryDivisor, length);
        cpuFactor = Arrays.copyOf(cpuFactor, length);
        memoryFactor = Arrays.copyOf(memoryFactor, length);
        cpuCapped = Arrays.copyOf(cpuCapped, length);
        memoryCapped = Arrays.copyOf(memoryCapped, length);
        meanShare = Arrays.copyOf(meanShare, length);
        deviationShare = Arrays.copyOf(deviationShare, length);
        unused = new double[length];
    }

    /** A node has so much. What is left of it is told by {@link #take}. */
    void allocatable(int slot, Amounts amounts) {
        cpuDivisor[slot] = Math.max(1, amounts.cpuMillis());
        memoryDivisor[slot] = Math.max(1, amounts.memoryBytes());
        cpuFactor[slot] = 100 * ABOVE_ROUNDING / cpuDivisor[slot];
        memoryFactor[slot] = 100 * ABOVE_ROUNDING / memoryDivisor[slot];
        int counted = (amounts.cpuMillis() > 0 ? 1 : 0) + (amounts.memoryBytes() > 0 ? 1 : 0);
        meanShare[slot] = 1.0 / Math.max(1, counted);
        deviationShare[slot] = counted == 2 ? 0.5 : 0;
    }

    /** So much less is left; more if negative. */
    void take(int slot, double cpuMillis, double memoryBytes) {
        cpuUnscored[slot] -= cpuMillis;
        memoryUnscored[slot] -= memoryBytes;
    }

    /** So much is requested, at most what the node has. */
    void capped(int slot, double cpuMillis, double memoryBytes) {
        cpuCapped[slot] = cpuMillis;
        memoryCapped[slot] = memoryBytes;
    }

    double cpuUnscored(int slot) {
        return cpuUnscored[slot];
    }

    double memoryUnscored(int slot) {
        return memoryUnscored[slot];
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

    /** Adds to the {@code sums} of these slots {@code weight} times at least what {@link #meanUnused} says. */
    public void addMeanUnusedBound(double weight, double cpuWanted, double memoryWanted, int from, int to,
            double[] sums) {
        double[] twice = unused;
        double[] cpuLeft = cpuUnscored;
        double[] cpuTimes = cpuFactor;
        double[] memoryLeft = memoryUnscored;
        double[] memoryTimes = memoryFactor;
        double[] share = meanShare;
        int count = to - from;
        for (int i = 0; i < count; i++) {
            double cpu = Math.floor((cpuLeft[from + i] - cpuWanted) * cpuTimes[from + i]);
            twice[from + i] = cpu + Math.abs(cpu);
        }
        for (int i = 0; i < count; i++) {
            double memory = Math.floor((memoryLeft[from + i] - memoryWanted) * memoryTimes[from + i]);
            twice[from + i] += memory + Math.abs(memory);
        }
        for (int i = 0; i < count; i++) {
            sums[from + i] += weight * Math.floor(twice[from + i] * 0.5 * share[from + i]);
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
     * Adds to the {@code sums} of these slots {@code weight} times at least what {@link #evenness} says of nodes that
     * have room.
     */
    public void addEvennessBound(double weight, double cpuWanted, double memoryWanted, int from, int to,
            double[] sums) {
        double[] cpuTaken = cpuCapped;
        double[] memoryTaken = memoryCapped;
        double[] cpuTimes = cpuFactor;
        double[] memoryTimes = memoryFactor;
        double[] share = deviationShare;
        int count = to - from;
        for (int i = 0; i < count; i++) {
            int slot = from + i;
            double deviation = Math.abs((cpuTaken[slot] + cpuWanted) * cpuTimes[slot]
                    - (memoryTaken[slot] + memoryWanted) * memoryTimes[slot]) * share[slot];
            sums[slot] += weight * Math.floor(100 + SLACK - deviation);
        }
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
