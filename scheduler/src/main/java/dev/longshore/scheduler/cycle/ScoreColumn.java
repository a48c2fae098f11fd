package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.NodeSample;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;

/** What a rule said of nodes, slot by slot, before it is normalised. */
final class ScoreColumn {
    private final ScoreRule rule;
    private final double weight;
    private double[] raw = {};

    ScoreColumn(ScoreRule rule) {
        this.rule = rule;
        this.weight = rule.weight();
    }

    ScoreRule rule() {
        return rule;
    }

    void ensure(int slots) {
        if (raw.length < slots) {
            raw = new double[slots];
        }
    }

    /** Asks the rule about the slots {@code from} to {@code to} - 1. */
    void ask(PodRequirements pod, ClusterState state, int from, int to) {
        rule.score(pod, state, from, to, raw);
    }

    double raw(int slot) {
        return raw[slot];
    }

    /** Whether the scores need no normalising. */
    boolean isPlain() {
        return rule.normalisation() == ScoreRule.Normalisation.NONE;
    }

    /** Adds what it says of the slots {@code from} to {@code to} - 1, where it needs no normalising. */
    void addWeighted(int from, int to, double[] sums) {
        int count = to - from;
        for (int i = 0; i < count; i++) {
            sums[from + i] += weight * raw[from + i];
        }
    }

    /** The highest of these nodes'; 0 of none. */
    double highest(BitSet scope) {
        double highest = 0;
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            highest = Math.max(highest, raw[slot]);
        }
        return highest;
    }

    private double highest(NodeSample sample) {
        double highest = 0;
        for (int i = 0; i < sample.size(); i++) {
            highest = Math.max(highest, raw[sample.slot(i)]);
        }
        return highest;
    }

    /** What it adds to the total of a node, given the highest of all that are compared. */
    double weighted(int slot, double highest) {
        return weight * rule.normalisation().apply(raw[slot], highest);
    }

    /** Adds what it says of these nodes to their totals. */
    void addNormalised(BitSet feasible, double[] totals) {
        double highest = highest(feasible);
        for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
            totals[slot] += weighted(slot, highest);
        }
    }

    /** As {@link #addNormalised(BitSet, double[])}, for nodes like those in the sample, by their index in it. */
    void addNormalised(NodeSample sample, double[] totals) {
        double highest = highest(sample);
        for (int i = 0; i < sample.size(); i++) {
            totals[i] += weighted(sample.slot(i), highest);
        }
    }
}
