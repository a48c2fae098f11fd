package dev.longshore.bench;

import dev.longshore.common.time.Clock;
import java.util.Arrays;

/**
 * Measures work against its reference: both warm up, then they take turns, so that what slows the machine down slows
 * both.
 */
final class Stopwatch {
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long ROUND_NANOS = 300_000_000L;
    private static final int ROUNDS = 7;

    private final Clock clock;
    /** Written so that no work can be left out as useless. */
    private volatile long done;

    Stopwatch(Clock clock) {
        this.clock = clock;
    }

    /** Some operations, as many as make reading the clock in between cheap. */
    interface Work {
        /** How many operations it was. */
        int run();
    }

    Result compare(String name, String unit, Work work, Work reference) {
        perSecond(reference, WARM_UP_NANOS);
        perSecond(work, WARM_UP_NANOS);
        double[] values = new double[ROUNDS];
        double[] references = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            references[i] = perSecond(reference, ROUND_NANOS);
            values[i] = perSecond(work, ROUND_NANOS);
            ratios[i] = values[i] / references[i];
        }
        return new Result(name, median(values), unit, median(references), median(ratios));
    }

    private double perSecond(Work work, long nanos) {
        long start = clock.nanos();
        long operations = 0;
        long now = start;
        while (now - start < nanos) {
            operations += work.run();
            now = clock.nanos();
        }
        done = operations;
        return done * 1e9 / (now - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
