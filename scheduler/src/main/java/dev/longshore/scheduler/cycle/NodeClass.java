package dev.longshore.scheduler.cycle;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/** Fit nodes that differ for no rule but those that score a node by itself; in the order of what these give. */
final class NodeClass {
    private final Ranking ranking;
    private Key key = new Key(0);
    private int index;
    private int representative;

    /** What the nodes have in common. */
    static final class Key {
        private final double[] numbers;

        Key(int length) {
            this.numbers = new double[length];
        }

        private Key(double[] numbers) {
            this.numbers = numbers;
        }

        void set(int at, double number) {
            numbers[at] = number;
        }

        int length() {
            return numbers.length;
        }

        Key copy() {
            return new Key(numbers.clone());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(numbers, key.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    NodeClass(Deque<BitSet> spareBuckets) {
        this.ranking = new Ranking(spareBuckets);
    }

    /** For these nodes from now on, of which there is none yet; {@code at} is its place among the classes. */
    void turnTo(Key other, int at) {
        ranking.clear();
        key = other;
        index = at;
    }

    Key key() {
        return key;
    }

    int index() {
        return index;
    }

    void index(int at) {
        index = at;
    }

    Ranking ranking() {
        return ranking;
    }

    /** The slot of one of the nodes. */
    int representative() {
        return representative;
    }

    void representative(int slot) {
        representative = slot;
    }
}
