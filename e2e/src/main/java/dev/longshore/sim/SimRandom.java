package dev.longshore.sim;

import dev.longshore.common.time.Randomness;
import java.util.SplittableRandom;
import java.util.UUID;

/** Random numbers that a seed decides; every user has a stream of its own, so one more draw here changes none there. */
final class SimRandom implements Randomness {
    private final SplittableRandom random;

    SimRandom(long seed, String stream) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream.hashCode());
    }

    @Override
    public int below(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public String uuid() {
        long version4 = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long variant = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant).toString();
    }

    @Override
    public double fraction() {
        return random.nextDouble();
    }

    /** True with this probability. */
    boolean hit(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code low} to {@code high}, both inclusive. */
    long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }
}
