package dev.longshore.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bounds that multiply against the scores that divide: never below, and almost never above. */
class ScoreColumnsTest {
    private static final int NODES = 200_000;
    private static final long SEED = 17;
    private static final List<Long> CPU = List.of(0L, 1L, 3L, 1_000L, 3_920L, 7_910L, 96_000L, 448_000L);
    private static final List<Long> MEMORY = List.of(0L, 1L, 1L << 30, 3_000_000_000L, 16_374_562_816L, 1L << 39,
            24L << 40);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ScoreColumns columns = new ScoreColumns(NODES);

    @Test
    void boundsAreNeverTooLowAndSeldomTooHigh() {
        double[] mean = new double[NODES];
        double[] even = new double[NODES];
        double[] meanBound = new double[NODES];
        double[] evenBound = new double[NODES];
        for (int slot = 0; slot < NODES; slot++) {
            putNode(slot);
        }
        int same = 0;
        for (int slot = 0; slot < NODES; slot++) {
            double cpu = wanted(columns.cpuUnscored(slot));
            double memory = wanted(columns.memoryUnscored(slot));
            columns.meanUnused(cpu, memory, slot, slot + 1, mean);
            columns.evenness(cpu, memory, slot, slot + 1, even);
            columns.addMeanUnusedBound(1, cpu, memory, slot, slot + 1, meanBound);
            columns.addEvennessBound(1, cpu, memory, slot, slot + 1, evenBound);
            assertThat(meanBound[slot]).as("mean, slot %s", slot).isBetween(mean[slot], mean[slot] + 1);
            assertThat(evenBound[slot]).as("evenness, slot %s", slot).isBetween(even[slot], even[slot] + 1);
            same += meanBound[slot] == mean[slot] && evenBound[slot] == even[slot] ? 1 : 0;
        }
        assertThat(same).isGreaterThan(NODES * 99 / 100);
    }

    private void putNode(int slot) {
        long cpu = CPU.get(random.nextInt(CPU.size()));
        long memory = MEMORY.get(random.nextInt(MEMORY.size()));
        columns.allocatable(slot, new Amounts(cpu, memory, 0, 0, new TreeMap<>()));
        long cpuTaken = part(cpu);
        long memoryTaken = part(memory);
        columns.take(slot, cpuTaken - cpu, memoryTaken - memory);
        columns.capped(slot, Math.min(cpu, cpuTaken), Math.min(memory, memoryTaken));
    }

    /** Often a whole number of hundredths, where quotients are at the edge of the next; now and then too much. */
    private long part(long all) {
        return switch (random.nextInt(3)) {
            case 0 -> all / 100 * random.nextInt(101);
            case 1 -> random.nextLong(all + 1);
            default -> random.nextInt(10) == 0 ? all + random.nextLong(all + 2) : all / 20 * random.nextInt(21);
        };
    }

    /** As much as fits, some of it, or nothing. */
    private double wanted(double free) {
        return free <= 0 ? 0 : switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> Math.floor(free / 100) * random.nextInt(100);
            default -> random.nextLong((long) free + 1);
        };
    }
}
