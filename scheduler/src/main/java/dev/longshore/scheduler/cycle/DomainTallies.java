package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.DomainCounts;
import dev.longshore.scheduler.plugins.DomainFilter;
import dev.longshore.scheduler.plugins.DomainRule;
import dev.longshore.scheduler.plugins.DomainScore;
import dev.longshore.scheduler.plugins.NodeSample;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;

/** What the rules over several nodes have counted for one set of requirements, and what they say by it. */
final class DomainTallies {
    private final List<DomainRule> rules;
    private DomainFilter[] filters = {};
    private DomainScore[] scores = {};
    private double[] part = {};

    DomainTallies(List<DomainRule> rules) {
        this.rules = rules;
    }

    /** Counts anew, for pods with these requirements. */
    void rebuild(PodRequirements pod, ClusterState state) {
        filters = rules.stream().map(rule -> rule.filterFor(pod, state)).toArray(DomainFilter[]::new);
        scores = rules.stream().map(rule -> rule.scoreFor(pod, state)).toArray(DomainScore[]::new);
    }

    /** A pod came or left. */
    void changed(int slot, PodGroup group, int by) {
        changeFilters(slot, group, by);
        for (DomainScore score : scores) {
            score.changed(slot, group, by);
        }
    }

    /** Tells the filters alone that a pod comes or leaves; for questions that are taken back. */
    void changeFilters(int slot, PodGroup group, int by) {
        for (DomainFilter filter : filters) {
            filter.changed(slot, group, by);
        }
    }

    /** How many counts the answers depend on; grows when pods of new kinds come. */
    int size() {
        int size = 0;
        for (int i = 0; i < filters.length; i++) {
            size += filters[i].counts().size() + scores[i].counts().size();
        }
        return size;
    }

    /** All that the answers depend on; a new list. */
    List<DomainCounts> counts() {
        List<DomainCounts> counts = new ArrayList<>();
        for (int i = 0; i < filters.length; i++) {
            counts.addAll(filters[i].counts());
            counts.addAll(scores[i].counts());
        }
        return counts;
    }

    /** Whether every node will do. */
    boolean acceptAll() {
        for (DomainFilter filter : filters) {
            if (!filter.idle()) {
                return false;
            }
        }
        return true;
    }

    /** Whether they have nothing to say about any node. */
    boolean silent() {
        for (DomainScore score : scores) {
            if (!score.idle()) {
                return false;
            }
        }
        return acceptAll();
    }

    void filter(BitSet candidates, Rejections rejections) {
        for (DomainFilter filter : filters) {
            if (!filter.idle()) {
                filter.filter(candidates, rejections);
            }
        }
    }

    /** Whether the node in the slot will do. */
    boolean accept(int slot) {
        for (DomainFilter filter : filters) {
            if (!filter.accepts(slot)) {
                return false;
            }
        }
        return true;
    }

    /** Adds the weighted scores to the totals of these nodes; what is in slots between them means nothing then. */
    void addScores(BitSet among, double[] totals) {
        add((score, to) -> score.score(among, to), among.length(), totals);
    }

    /** Adds the weighted scores to the totals of the sample. */
    void addScores(NodeSample sample, double[] totals) {
        add((score, to) -> score.score(sample, to), sample.size(), totals);
    }

    private void add(BiConsumer<DomainScore, double[]> asking, int length, double[] totals) {
        for (int i = 0; i < scores.length; i++) {
            if (!scores[i].idle()) {
                ensure(length);
                asking.accept(scores[i], part);
                addWeighted(rules.get(i).weight(), length, totals);
            }
        }
    }

    private void ensure(int length) {
        if (length > part.length) {
            part = new double[Math.max(length, part.length * 2)];
        }
    }

    private void addWeighted(double weight, int length, double[] totals) {
        for (int i = 0; i < length; i++) {
            totals[i] += weight * part[i];
        }
    }

    /** What each of the rules adds to the total of each of these nodes. */
    void explain(BitSet among, NodeScores.ScoreSink sink) {
        for (int i = 0; i < scores.length; i++) {
            if (!scores[i].idle()) {
                DomainRule rule = rules.get(i);
                double[] explained = new double[among.length()];
                scores[i].score(among, explained);
                for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
                    sink.add(rule.name(), slot, rule.weight() * (long) explained[slot]);
                }
            }
        }
    }
}
