package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.BoundedScore;
import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.NodeSample;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.RoomRule;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the rules about single nodes say of one set of requirements, slot by slot. A pod that comes to a node changes the
 * answers about that node alone; answers that depend on nothing but the node stay until the structure changes.
 */
final class NodeScores {
    private static final Rejections UNSEEN = Rejections.ignored();
    private static final Column[] NO_COLUMNS = {};

    private final ClusterState state;
    private final Plugins plugins;
    private final BitSet fixedFit = new BitSet();
    private final BitSet fit = new BitSet();
    private final BitSet renewed = new BitSet();
    private final List<FilterRule> fixedFilters = new ArrayList<>();
    private final List<FilterRule> podFilters = new ArrayList<>();
    private final List<RoomRule> roomFilters = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private PodRequirements pod = PodRequirements.NONE;
    private Column[] fixed = {};
    private Column[] byPods = {};
    private Column[] normalised = {};
    /** Weighted sums of the scores that need no normalising: of those that stay, and of all. */
    private double[] fixedSum = {};
    private double[] base = {};
    /** Whether all nodes have been asked about what depends on pods. */
    private boolean complete;

    /** A rule's raw scores. */
    private static final class Column {
        private final ScoreRule rule;
        private final double weight;
        private double[] raw = {};

        Column(ScoreRule rule) {
            this.rule = rule;
            this.weight = rule.weight();
        }

        void ensure(int slots) {
            if (raw.length < slots) {
                raw = new double[slots];
            }
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
        for (FilterRule rule : plugins.filters()) {
            if (rule instanceof RoomRule room) {
                roomFilters.add(room);
            } else {
                (rule.dependsOnPods() ? podFilters : fixedFilters).add(rule);
            }
        }
        plugins.scores().forEach(rule -> columns.add(new Column(rule)));
    }

    /**
     * Answers for pods with these requirements from now on. Asks the rules that depend on nothing but the node about
     * every node; the others when someone wants to know.
     */
    void rebuild(PodRequirements requirements) {
        pod = requirements;
        complete = false;
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
    }

    private void complete() {
        if (!complete) {
            acceptedButForRoom(fit);
            filter(roomFilters, fit);
            renewScores(0, state.present().length());
            complete = true;
        }
    }

    /** Sets the nodes that every rule accepts, but for those that ask for room. */
    void acceptedButForRoom(BitSet accepted) {
        accepted.clear();
        accepted.or(fixedFit);
        filter(podFilters, accepted);
    }

    /** Whether the node in this slot has room. */
    boolean hasRoom(int slot) {
        for (RoomRule rule : roomFilters) {
            if (!rule.hasRoom(pod, state, slot)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether {@link #bound} tells how high the totals of nodes with room are at most; else there is no other way than
     * to find all of them.
     */
    boolean isBounded() {
        if (normalised.length > 0 || roomFilters.isEmpty()) {
            return false;
        }
        for (Column column : byPods) {
            if (!(column.rule instanceof BoundedScore score && score.isBounded())) {
                return false;
            }
        }
        return true;
    }

    /** Writes for the slots {@code from} to {@code to} - 1 what their totals are at most. */
    void bound(int from, int to, double[] bounds) {
        System.arraycopy(fixedSum, from, bounds, from, to - from);
        for (Column column : byPods) {
            if (column.rule instanceof BoundedScore score) {
                score.addBounds(pod, state, from, to, bounds);
            }
        }
    }

    /** Asks again about these nodes, whose pods are others now. */
    void renew(BitSet changed) {
        if (!complete) {
            return;
        }
        renewed.clear();
        renewed.or(changed);
        renewed.and(fixedFit);
        fit.andNot(changed);
        filter(podFilters, renewed);
        filter(roomFilters, renewed);
        fit.or(renewed);
        for (int slot = renewed.nextSetBit(0); slot >= 0; slot = renewed.nextSetBit(slot + 1)) {
            renewScores(slot, slot + 1);
        }
    }

    /** Finds the weighted sums of the slots {@code from} to {@code to} - 1 as things are now. */
    void renewScores(int from, int to) {
        System.arraycopy(fixedSum, from, base, from, to - from);
        for (Column column : byPods) {
            column.rule.score(pod, state, from, to, column.raw);
            column.addWeighted(from, to, base);
        }
    }

    /** The rules that have something to say about these pods and nodes. */
    private void choose(int slots) {
        if (slots > base.length) {
            base = new double[slots];
            fixedSum = new double[slots];
        }
        List<Column> speaking = new ArrayList<>(columns.size());
        for (Column column : columns) {
            if (column.rule.appliesTo(pod) && !column.rule.indifferent(pod, state)) {
                column.ensure(base.length);
                speaking.add(column);
            }
        }
        fixed = some(speaking, column -> !column.rule.dependsOnPods());
        byPods = some(speaking, column -> column.rule.dependsOnPods());
        normalised = some(speaking, column -> !column.isPlain());
    }

    private static Column[] some(List<Column> columns, Predicate<Column> condition) {
        Column[] some = NO_COLUMNS;
        for (Column column : columns) {
            if (condition.test(column)) {
                some = Arrays.copyOf(some, some.length + 1);
                some[some.length - 1] = column;
            }
        }
        return some;
    }

    private void filter(List<? extends FilterRule> rules, BitSet candidates) {
        for (FilterRule rule : rules) {
            if (rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, UNSEEN);
            }
        }
    }

    /** The nodes that these rules accept. Do not modify. */
    BitSet fit() {
        complete();
        return fit;
    }

    /** By slot, the weighted sum of the scores that need no normalising. Do not modify. */
    double[] base() {
        complete();
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

    /** The weighted sum of a slot as {@link #renewScores} found it last. */
    double base(int slot) {
        return base[slot];
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
