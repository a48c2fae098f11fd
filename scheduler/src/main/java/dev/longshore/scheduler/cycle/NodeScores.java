package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.ScoreRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.List;

/**
 * What the rules about single nodes say of one set of requirements, slot by slot. A pod that comes to a node changes the
 * answers about that node alone; answers that depend on nothing but the node stay until the structure changes.
 */
final class NodeScores {
    private static final Rejections UNSEEN = Rejections.ignored();

    private final PodRequirements pod;
    private final ClusterState state;
    private final List<FilterRule> filters;
    private final List<ScoreRule> scores;
    private final BitSet fixedFit = new BitSet();
    private final BitSet fit = new BitSet();
    private final BitSet renewed = new BitSet();
    private final boolean[] varies;
    private long[][] raw;
    private long[] base = new long[0];

    NodeScores(PodRequirements pod, ClusterState state, Plugins plugins) {
        this.pod = pod;
        this.state = state;
        this.filters = plugins.filters().stream().filter(rule -> rule.mayRefuse(pod)).toList();
        this.scores = plugins.scores().stream().filter(rule -> rule.appliesTo(pod)).toList();
        this.varies = new boolean[scores.size()];
        this.raw = new long[scores.size()][0];
    }

    /** Asks every rule about every node. */
    void rebuild() {
        ensure(state.present().length());
        fixedFit.clear();
        fixedFit.or(state.present());
        filter(fixedFit, false);
        for (int i = 0; i < raw.length; i++) {
            if (!scores.get(i).dependsOnPods()) {
                scores.get(i).score(pod, state, fixedFit, raw[i]);
                varies[i] = isNormalised(i) && highest(i, fixedFit) > 0;
            }
        }
        fit.clear();
        renew(fixedFit);
    }

    /** Asks again about these nodes, whose pods are others now. */
    void renew(BitSet changed) {
        renewed.clear();
        renewed.or(changed);
        renewed.and(fixedFit);
        fit.andNot(changed);
        filter(renewed, true);
        fit.or(renewed);
        for (int i = 0; i < raw.length; i++) {
            if (scores.get(i).dependsOnPods()) {
                scores.get(i).score(pod, state, renewed, raw[i]);
            }
        }
        for (int slot = renewed.nextSetBit(0); slot >= 0; slot = renewed.nextSetBit(slot + 1)) {
            base[slot] = plainSum(slot);
        }
    }

    private void filter(BitSet candidates, boolean dependingOnPods) {
        for (FilterRule rule : filters) {
            if (rule.dependsOnPods() == dependingOnPods) {
                rule.filter(pod, state, candidates, UNSEEN);
            }
        }
    }

    private long plainSum(int slot) {
        long sum = 0;
        for (int i = 0; i < raw.length; i++) {
            if (!isNormalised(i)) {
                sum += scores.get(i).weight() * raw[i][slot];
            }
        }
        return sum;
    }

    private boolean isNormalised(int rule) {
        return scores.get(rule).normalisation() != ScoreRule.Normalisation.NONE;
    }

    private long highest(int rule, BitSet scope) {
        long highest = 0;
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            highest = Math.max(highest, raw[rule][slot]);
        }
        return highest;
    }

    private void ensure(int slots) {
        if (slots > base.length) {
            int length = Math.max(slots, base.length * 2);
            base = new long[length];
            raw = new long[scores.size()][length];
        }
    }

    /** The nodes that these rules accept. Do not modify. */
    BitSet fit() {
        return fit;
    }

    /** The weighted sum of the scores that need no normalising. */
    long base(int slot) {
        return base[slot];
    }

    /** Whether nodes differ in a score that is normalised; if not, {@link #base} alone tells the best. */
    boolean needsNormalising() {
        for (boolean differs : varies) {
            if (differs) {
                return true;
            }
        }
        return false;
    }

    /** The rules that score, in order. */
    List<ScoreRule> rules() {
        return scores;
    }

    /** Writes the weighted score by one rule for each of the feasible nodes. */
    void weighted(int rule, BitSet feasible, long[] out) {
        ScoreRule score = scores.get(rule);
        long highest = isNormalised(rule) ? highest(rule, feasible) : 0;
        for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
            out[slot] = score.weight() * score.normalisation().apply(raw[rule][slot], highest);
        }
    }

    /** Adds to the totals the weighted scores of the rules whose scores are normalised and differ. */
    void addNormalised(BitSet feasible, long[] totals) {
        for (int i = 0; i < raw.length; i++) {
            if (varies[i]) {
                ScoreRule score = scores.get(i);
                long highest = highest(i, feasible);
                for (int slot = feasible.nextSetBit(0); slot >= 0; slot = feasible.nextSetBit(slot + 1)) {
                    totals[slot] += score.weight() * score.normalisation().apply(raw[i][slot], highest);
                }
            }
        }
    }
}
