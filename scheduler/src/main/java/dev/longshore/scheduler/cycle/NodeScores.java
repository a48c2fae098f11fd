package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.NodeSample;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the rules about single nodes say of one set of requirements, slot by slot. A pod that comes to a node changes the
 * answers about that node alone; answers that depend on nothing but the node stay until the structure changes.
 */
final class NodeScores {
    private static final Rejections UNSEEN = Rejections.ignored();

    private final ClusterState state;
    private final Plugins plugins;
    private final BitSet fixedFit = new BitSet();
    private final BitSet fit = new BitSet();
    private final BitSet renewed = new BitSet();
    private PodRequirements pod = PodRequirements.NONE;
    private FilterRule[] fixedFilters = {};
    private FilterRule[] podFilters = {};
    private Column[] fixed = {};
    private Column[] byPods = {};
    private Column[] normalised = {};
    /** Weighted sums of the scores that need no normalising: of those that stay, and of all. */
    private double[] fixedSum = {};
    private double[] base = {};
    private double[][] pool = {};

    /** A rule's raw scores. */
    private static final class Column {
        private final ScoreRule rule;
        private final double weight;
        private double[] raw = {};

        Column(ScoreRule rule) {
            this.rule = rule;
            this.weight = rule.weight();
        }

        boolean isPlain() {
            return rule.normalisation() == ScoreRule.Normalisation.NONE;
        }

        void addWeighted(int from, int to, double[] sums) {
            int count = to - from;
            for (int i = 0; i < count; i++) {
                sums[from + i] += weight * raw[from + i];
            }
        }

        double highest(BitSet scope) {
            double highest = 0;
            for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
                highest = Math.max(highest, raw[slot]);
            }
            return highest;
        }
    }

    NodeScores(ClusterState state, Plugins plugins) {
        this.state = state;
        this.plugins = plugins;
    }

    /** Asks every rule about every node, for pods with these requirements from now on. */
    void rebuild(PodRequirements requirements) {
        pod = requirements;
        int slots = state.present().length();
        choose(slots);
        fixedFit.clear();
        fixedFit.or(state.present());
        filter(fixedFilters, fixedFit);
        Arrays.fill(fixedSum, 0, slots, 0);
        for (Column column : fixed) {
            column.rule.score(pod, state, 0, slots, column.raw);
            if (column.isPlain()) {
                column.addWeighted(0, slots, fixedSum);
            }
        }
        fit.clear();
        fit.or(fixedFit);
        filter(podFilters, fit);
        renewScores(0, slots);
    }

    /** Asks again about these nodes, whose pods are others now. */
    void renew(BitSet changed) {
        renewed.clear();
        renewed.or(changed);
        renewed.and(fixedFit);
        fit.andNot(changed);
        filter(podFilters, renewed);
        fit.or(renewed);
        for (int slot = renewed.nextSetBit(0); slot >= 0; slot = renewed.nextSetBit(slot + 1)) {
            renewScores(slot, slot + 1);
        }
    }

    private void renewScores(int from, int to) {
        System.arraycopy(fixedSum, from, base, from, to - from);
        for (Column column : byPods) {
            column.rule.score(pod, state, from, to, column.raw);
            column.addWeighted(from, to, base);
        }
    }

    /** The rules that have something to say about these pods and nodes. */
    private void choose(int slots) {
        fixedFilters = filters(false);
        podFilters = filters(true);
        List<Column> speaking = plugins.scores().stream()
                .filter(rule -> rule.appliesTo(pod) && !rule.indifferent(pod, state)).map(Column::new).toList();
        fixed = speaking.stream().filter(column -> !column.rule.dependsOnPods()).toArray(Column[]::new);
        byPods = speaking.stream().filter(column -> column.rule.dependsOnPods()).toArray(Column[]::new);
        normalised = speaking.stream().filter(column -> !column.isPlain()).toArray(Column[]::new);
        if (slots > base.length) {
            base = new double[slots];
            fixedSum = new double[slots];
        }
        for (int i = 0; i < speaking.size(); i++) {
            speaking.get(i).raw = pooled(i);
        }
    }

    /** The array of the last pod's column, if it is long enough. */
    private double[] pooled(int column) {
        if (column >= pool.length) {
            pool = Arrays.copyOf(pool, column + 1);
        }
        if (pool[column] == null || pool[column].length < base.length) {
            pool[column] = new double[base.length];
        }
        return pool[column];
    }

    private FilterRule[] filters(boolean dependingOnPods) {
        return plugins.filters().stream()
                .filter(rule -> rule.mayRefuse(pod) && rule.dependsOnPods() == dependingOnPods)
                .toArray(FilterRule[]::new);
    }

    private void filter(FilterRule[] rules, BitSet candidates) {
        for (FilterRule rule : rules) {
            rule.filter(pod, state, candidates, UNSEEN);
        }
    }

    /** The nodes that these rules accept. Do not modify. */
    BitSet fit() {
        return fit;
    }

    /** By slot, the weighted sum of the scores that need no normalising. Do not modify. */
    double[] base() {
        return base;
    }

    /** In how many scores that are normalised nodes differ. */
    int normalised() {
        return normalised.length;
    }

    /** What one of these scores is before that; it stays the same until the next {@link #rebuild}. */
    double raw(int column, int slot) {
        return normalised[column].raw[slot];
    }

    /** Adds to the totals the weighted scores of the rules whose scores are normalised and differ. */
    void addNormalised(BitSet feasible, double[] totals) {
        for (Column column : normalised) {
            double highest = column.highest(feasible);
            ScoreRule.Normalisation normalisation = column.rule.normalisation();
            for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
                totals[slot] += column.weight * normalisation.apply(column.raw[slot], highest);
            }
        }
    }

    /** As {@link #addNormalised(BitSet, double[])}, for nodes like those in the sample, by their index in it. */
    void addNormalised(NodeSample sample, double[] totals) {
        for (Column column : normalised) {
            double highest = 0;
            for (int i = 0; i < sample.size(); i++) {
                highest = Math.max(highest, column.raw[sample.slot(i)]);
            }
            ScoreRule.Normalisation normalisation = column.rule.normalisation();
            for (int i = 0; i < sample.size(); i++) {
                totals[i] += column.weight * normalisation.apply(column.raw[sample.slot(i)], highest);
            }
        }
    }

    /** What each of the rules that apply adds to the total of a feasible node, whatever it costs to find. */
    void explain(BitSet feasible, ScoreSink sink) {
        int slots = state.present().length();
        for (ScoreRule rule : plugins.scores()) {
            if (rule.appliesTo(pod)) {
                Column column = new Column(rule);
                column.raw = new double[slots];
                rule.score(pod, state, 0, slots, column.raw);
                double highest = column.isPlain() ? 0 : column.highest(feasible);
                for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
                    sink.add(rule.name(), slot,
                            (long) (column.weight * rule.normalisation().apply(column.raw[slot], highest)));
                }
            }
        }
    }

    /** Takes scores one by one. */
    interface ScoreSink {
        void add(String rule, int slot, long score);
    }
}
