package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Where pods of one set of requirements fit, and how well. {@link #refresh} brings it up to date at the cost of the nodes
 * whose usage changed since, which is one node for each pod placed in between.
 *
 * <p>Example: of 5,000 nodes with 100 identical pods waiting, the first pod costs a look at 5,000 nodes, each other pod
 * a look at one, and a scan for the highest total.
 */
public final class Evaluation {
    private final PodRequirements pod;
    private final ClusterState state;
    private final List<FilterRule> filters;
    private final List<ScoreRule> scores;
    private final Rejections rejections = new Rejections();
    private final BitSet feasible = new BitSet();
    private long[][] raw;
    private long[] totals = new long[0];
    private final long[] highest;
    private long structureVersion = -1;
    private long usageVersion = -1;

    Evaluation(PodRequirements pod, ClusterState state, Plugins plugins) {
        this.pod = pod;
        this.state = state;
        this.filters = plugins.filters();
        this.scores = plugins.scores().stream().filter(rule -> rule.appliesTo(pod)).toList();
        this.raw = new long[scores.size()][0];
        this.highest = new long[scores.size()];
    }

    /** Answers for the cluster as it is now. */
    void refresh() {
        BitSet changed = new BitSet();
        if (structureVersion != state.structureVersion() || !state.changedSince(usageVersion, changed)) {
            changed.clear();
            changed.or(state.present());
            feasible.clear();
            grow(state.present().length());
            Arrays.fill(highest, -1);
        } else if (changed.isEmpty()) {
            return;
        }
        structureVersion = state.structureVersion();
        usageVersion = state.usageVersion();
        evaluate(changed);
    }

    private void evaluate(BitSet changed) {
        rejections.clear(changed);
        BitSet candidates = (BitSet) changed.clone();
        candidates.and(state.present());
        for (FilterRule filter : filters) {
            filter.filter(pod, state, candidates, rejections);
        }
        feasible.andNot(changed);
        feasible.or(candidates);
        for (int i = 0; i < scores.size(); i++) {
            scores.get(i).score(pod, state, candidates, raw[i]);
        }
        sum(highestChanged() ? feasible : candidates);
    }

    private boolean highestChanged() {
        boolean changed = false;
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i).normalisation() != ScoreRule.Normalisation.NONE) {
                long now = 0;
                for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
                    now = Math.max(now, raw[i][slot]);
                }
                changed |= now != highest[i];
                highest[i] = now;
            }
        }
        return changed;
    }

    private void sum(BitSet scope) {
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            long total = 0;
            for (int i = 0; i < scores.size(); i++) {
                total += score(i, slot);
            }
            totals[slot] = total;
        }
    }

    private long score(int rule, int slot) {
        ScoreRule score = scores.get(rule);
        return score.weight() * score.normalisation().apply(raw[rule][slot], highest[rule]);
    }

    private void grow(int slots) {
        rejections.ensure(slots);
        if (slots > totals.length) {
            int length = Math.max(slots, totals.length * 2);
            totals = new long[length];
            raw = new long[scores.size()][length];
        }
    }

    /** The nodes that passed every filter. Do not modify. */
    BitSet feasible() {
        return feasible;
    }

    /** The weighted sum of a feasible node. */
    long total(int slot) {
        return totals[slot];
    }

    /** The rules that scored, in order. */
    List<ScoreRule> scores() {
        return scores;
    }

    /** What the rule with this index in {@link #scores} adds to the total of a feasible node. */
    long weighted(int rule, int slot) {
        return score(rule, slot);
    }

    /** Why a node is not feasible. */
    Optional<Verdict> verdict(int slot) {
        return rejections.of(slot);
    }
}
