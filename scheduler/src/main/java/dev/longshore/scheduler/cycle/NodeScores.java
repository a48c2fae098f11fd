package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.BoundedScore;
import dev.longshore.scheduler.plugins.NodeSample;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the rules about single nodes say of one set of requirements, slot by slot: whether the node will do, which
 * {@link NodeFilters} knows, and how good it is. A pod that comes to a node changes the answers about that node alone;
 * answers that depend on nothing but the node stay until the structure changes.
 */
final class NodeScores {
    private static final ScoreColumn[] NONE = {};

    private final ClusterState state;
    private final Plugins plugins;
    private final NodeFilters filters;
    private final List<ScoreColumn> columns = new ArrayList<>();
    private PodRequirements pod = PodRequirements.NONE;
    private ScoreColumn[] fixed = NONE;
    private ScoreColumn[] byPods = NONE;
    private ScoreColumn[] normalised = NONE;
    /** Weighted sums of the scores that need no normalising: of those that stay, and of all. */
    private double[] fixedSum = {};
    private double[] base = {};
    /** Whether all nodes have been asked about what depends on pods. */
    private boolean complete;

    NodeScores(ClusterState state, Plugins plugins) {
        this.state = state;
        this.plugins = plugins;
        this.filters = new NodeFilters(state, plugins.filters());
        plugins.scores().forEach(rule -> columns.add(new ScoreColumn(rule)));
    }

    /**
     * Answers for pods with these requirements from now on. Asks the rules that depend on nothing but the node about
     * every node; the others when someone wants to know.
     */
    void rebuild(PodRequirements requirements) {
        pod = requirements;
        complete = false;
        int slots = state.present().length();
        filters.rebuild(pod);
        choose(slots);
        Arrays.fill(fixedSum, 0, slots, 0);
        for (ScoreColumn column : fixed) {
            column.ask(pod, state, 0, slots);
            if (column.isPlain()) {
                column.addWeighted(0, slots, fixedSum);
            }
        }
    }

    /** The rules that have something to say about these pods and nodes. */
    private void choose(int slots) {
        if (slots > base.length) {
            base = new double[slots];
            fixedSum = new double[slots];
        }
        List<ScoreColumn> speaking = new ArrayList<>(columns.size());
        for (ScoreColumn column : columns) {
            if (column.rule().appliesTo(pod) && !column.rule().indifferent(pod, state)) {
                column.ensure(base.length);
                speaking.add(column);
            }
        }
        fixed = some(speaking, column -> !column.rule().dependsOnPods());
        byPods = some(speaking, column -> column.rule().dependsOnPods());
        normalised = some(speaking, column -> !column.isPlain());
    }

    private static ScoreColumn[] some(List<ScoreColumn> columns, Predicate<ScoreColumn> condition) {
        ScoreColumn[] some = NONE;
        for (ScoreColumn column : columns) {
            if (condition.test(column)) {
                some = Arrays.copyOf(some, some.length + 1);
                some[some.length - 1] = column;
            }
        }
        return some;
    }

    private void complete() {
        if (!complete) {
            filters.complete();
            renewScores(0, state.present().length());
            complete = true;
        }
    }

    /** Asks again about these nodes, whose pods are others now. */
    void renew(SlotList changed) {
        if (!complete) {
            return;
        }
        filters.renew(changed);
        for (int i = 0; i < changed.size(); i++) {
            int slot = changed.slot(i);
            if (filters.fit().get(slot)) {
                renewScores(slot, slot + 1);
            }
        }
    }

    /** Finds the weighted sums of the slots {@code from} to {@code to} - 1 as things are now. */
    void renewScores(int from, int to) {
        System.arraycopy(fixedSum, from, base, from, to - from);
        for (ScoreColumn column : byPods) {
            column.ask(pod, state, from, to);
            column.addWeighted(from, to, base);
        }
    }

    /** Which nodes will do, as far as that can be told without asking about all of them. */
    NodeFilters filters() {
        return filters;
    }

    /** The nodes that these rules accept. Do not modify. */
    BitSet fit() {
        complete();
        return filters.fit();
    }

    /** By slot, the weighted sum of the scores that need no normalising. Do not modify. */
    double[] base() {
        complete();
        return base;
    }

    /** The weighted sum of a slot as {@link #renewScores} found it last. */
    double base(int slot) {
        return base[slot];
    }

    /**
     * Whether {@link #bound} tells how high the totals of nodes with room are at most; else there is no other way than
     * to find all of them.
     */
    boolean isBounded() {
        if (normalised.length > 0 || !filters.askForRoom()) {
            return false;
        }
        for (ScoreColumn column : byPods) {
            if (!(column.rule() instanceof BoundedScore score && score.isBounded())) {
                return false;
            }
        }
        return true;
    }

    /** Writes for the slots {@code from} to {@code to} - 1 what their totals are at most. */
    void bound(int from, int to, double[] bounds) {
        System.arraycopy(fixedSum, from, bounds, from, to - from);
        for (ScoreColumn column : byPods) {
            if (column.rule() instanceof BoundedScore score) {
                score.addBounds(pod, state, from, to, bounds);
            }
        }
    }

    /** In how many scores that are normalised nodes differ. */
    int normalised() {
        return normalised.length;
    }

    /** What one of these scores is before that; it stays the same until the next {@link #rebuild}. */
    double raw(int column, int slot) {
        return normalised[column].raw(slot);
    }

    /** Adds to the totals the weighted scores of the rules whose scores are normalised and differ. */
    void addNormalised(BitSet feasible, double[] totals) {
        for (ScoreColumn column : normalised) {
            column.addNormalised(feasible, totals);
        }
    }

    /** As {@link #addNormalised(BitSet, double[])}, for nodes like those in the sample, by their index in it. */
    void addNormalised(NodeSample sample, double[] totals) {
        for (ScoreColumn column : normalised) {
            column.addNormalised(sample, totals);
        }
    }

    /** What each of the rules that apply adds to the total of a feasible node, whatever it costs to find. */
    void explain(BitSet feasible, ScoreSink sink) {
        int slots = state.present().length();
        for (ScoreRule rule : plugins.scores()) {
            if (rule.appliesTo(pod)) {
                ScoreColumn column = new ScoreColumn(rule);
                column.ensure(slots);
                column.ask(pod, state, 0, slots);
                double highest = column.highest(feasible);
                for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
                    sink.add(rule.name(), slot, (long) column.weighted(slot, highest));
                }
            }
        }
    }

    /** Takes scores one by one. */
    interface ScoreSink {
        void add(String rule, int slot, long score);
    }
}
