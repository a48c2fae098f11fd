package dev.longshore.scheduler.plugins;

import java.util.BitSet;

/** The lowest and the highest of some values; both 0 of none. */
record Extremes(double lowest, double highest) {
    /** Of the values in these slots, which are below {@code slots}. The values of the other slots are overwritten. */
    static Extremes of(BitSet scope, double[] values, int slots) {
        int first = scope.nextSetBit(0);
        if (first < 0) {
            return new Extremes(0, 0);
        }
        double some = values[first];
        for (int slot = scope.nextClearBit(0); slot < slots; slot = scope.nextClearBit(slot + 1)) {
            values[slot] = some;
        }
        double lowest = some;
        double highest = some;
        for (int slot = 0; slot < slots; slot++) {
            lowest = Math.min(lowest, values[slot]);
            highest = Math.max(highest, values[slot]);
        }
        return new Extremes(lowest, highest);
    }
}
