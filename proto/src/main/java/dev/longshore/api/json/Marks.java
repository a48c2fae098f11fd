package dev.longshore.api.json;

import java.util.Arrays;

/**
 * Two positions for each field of the message at hand, and of the messages around it: a stack of rows. What a row holds
 * before it is set has no meaning; which fields are set is for the caller to know.
 */
final class Marks {
    private static final int FIRST_SIZE = 256;
    private static final int PER_FIELD = 2;

    private int[] positions = new int[FIRST_SIZE];
    private int top;

    /** A row for this number of fields. Returns what {@link #leave} and the accessors want. */
    int enter(int fields) {
        int row = top;
        top += PER_FIELD * fields;
        if (top > positions.length) {
            positions = Arrays.copyOf(positions, Math.max(top, 2 * positions.length));
        }
        return row;
    }

    void leave(int row) {
        top = row;
    }

    int first(int row, int field) {
        return positions[row + PER_FIELD * field];
    }

    int last(int row, int field) {
        return positions[row + PER_FIELD * field + 1];
    }

    void set(int row, int field, int first, int last) {
        positions[row + PER_FIELD * field] = first;
        positions[row + PER_FIELD * field + 1] = last;
    }
}
