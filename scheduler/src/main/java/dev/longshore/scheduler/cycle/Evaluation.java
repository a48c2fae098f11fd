package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.DomainFilter;
import dev.longshore.scheduler.plugins.DomainRule;
import dev.longshore.scheduler.plugins.DomainScore;
import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeOrder;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where pods of one set of requirements fit, and how well. {@link #refresh} brings it up to date at the cost of the pods
 * that came and left since, which is one for each pod placed in between.
 *
 * <p>Example: of 5,000 nodes with 100 identical pods waiting, the first pod costs a look at 5,000 nodes, each other pod
 * a look at one. Rules over several nodes keep count likewise; where they have something to say, the nodes' totals are
 * summed anew for each pod, as one more pod in a domain changes the score of all its nodes.
 */
final class Evaluation {
    /** No node. */
    static final int NONE = -1;

    private final PodRequirements pod;
    private final ClusterState state;
    private final Plugins plugins;
    private final NodeScores nodes;
    private final Ranking ranking;
    private final BitSet changed = new BitSet();
    private final BitSet feasible = new BitSet();
    private final BitSet equals = new BitSet();
    private List<DomainFilter> domainFilters = List.of();
    private List<DomainScore> domainScores = List.of();
    private boolean ranked;
    private long[] totals = new long[0];
    private long[] part = new long[0];
    private long structureVersion = -1;
    private long usageVersion = -1;

    Evaluation(PodRequirements pod, ClusterState state, Plugins plugins) {
        this.pod = pod;
        this.state = state;
        this.plugins = plugins;
        this.nodes = new NodeScores(pod, state, plugins);
        this.ranking = new Ranking(state.order());
    }

    /** Answers for the cluster as it is now. */
    void refresh() {
        changed.clear();
        if (structureVersion != state.structureVersion(pod) || !state.changedSince(usageVersion, this::note)) {
            rebuild();
        } else if (!changed.isEmpty()) {
            nodes.renew(changed);
            if (ranked) {
                ranking.update(changed, nodes);
            }
        }
        structureVersion = state.structureVersion(pod);
        usageVersion = state.usageVersion();
    }

    private void note(int slot, PodGroup group, int by) {
        changed.set(slot);
        count(slot, group, by);
        domainScores.forEach(score -> score.changed(slot, group, by));
    }

    private void rebuild() {
        nodes.rebuild();
        domainFilters = plugins.domainRules().stream().map(rule -> rule.filterFor(pod, state)).toList();
        domainScores = plugins.domainRules().stream().map(rule -> rule.scoreFor(pod, state)).toList();
        ranked = false;
        int slots = state.present().length();
        if (slots > totals.length) {
            totals = new long[slots];
            part = new long[slots];
        }
    }

    /** Tells the filters alone that a pod comes or leaves; for questions that are taken back. */
    void count(int slot, PodGroup group, int by) {
        for (DomainFilter filter : domainFilters) {
            filter.changed(slot, group, by);
        }
    }

    PodRequirements pod() {
        return pod;
    }

    /** The nodes that passed every filter. Do not modify; valid until the next question. */
    BitSet feasible() {
        if (domainFilters.stream().allMatch(DomainFilter::idle)) {
            return nodes.fit();
        }
        feasible.clear();
        feasible.or(nodes.fit());
        filterDomains(feasible, Rejections.ignored());
        return feasible;
    }

    private void filterDomains(BitSet candidates, Rejections rejections) {
        for (DomainFilter filter : domainFilters) {
            if (!filter.idle()) {
                filter.filter(candidates, rejections);
            }
        }
    }

    /** One of the best nodes when every node that fits may be taken, or {@link #NONE}. */
    int best(TieBreaker ties) {
        BitSet found = feasible();
        if (found != nodes.fit() || nodes.needsNormalising() || scoresDomains()) {
            return best(found, ties);
        }
        if (!ranked) {
            ranking.clear(state.order(), state.present().length());
            ranking.update(nodes.fit(), nodes);
            ranked = true;
        }
        return ranking.best(ties);
    }

    /** One of the best among these nodes, or {@link #NONE}. */
    int best(BitSet among, TieBreaker ties) {
        sum(among);
        equals.clear();
        NodeOrder order = state.order();
        long highest = Long.MIN_VALUE;
        for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
            if (totals[slot] >= highest) {
                if (totals[slot] > highest) {
                    equals.clear();
                    highest = totals[slot];
                }
                equals.set(order.rank(slot));
            }
        }
        int first = equals.nextSetBit(0);
        if (first < 0) {
            return NONE;
        }
        return order.slot(equals.nextSetBit(first + 1) < 0 ? first : ties.among(equals, order.size()));
    }

    private void sum(BitSet among) {
        for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
            totals[slot] = nodes.base(slot);
        }
        if (nodes.needsNormalising()) {
            nodes.addNormalised(among, totals);
        }
        for (int i = 0; i < domainScores.size(); i++) {
            if (!domainScores.get(i).idle()) {
                domainScores.get(i).score(among, part);
                long weight = plugins.domainRules().get(i).weight();
                for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
                    totals[slot] += weight * part[slot];
                }
            }
        }
    }

    private boolean scoresDomains() {
        for (DomainScore score : domainScores) {
            if (!score.idle()) {
                return true;
            }
        }
        return false;
    }

    /** What each rule that has something to say adds to the total of each of these nodes. */
    SortedMap<String, long[]> weighted(BitSet among) {
        SortedMap<String, long[]> byRule = new TreeMap<>();
        for (int i = 0; i < nodes.rules().size(); i++) {
            long[] scores = new long[totals.length];
            nodes.weighted(i, among, scores);
            byRule.put(nodes.rules().get(i).name(), scores);
        }
        for (int i = 0; i < domainScores.size(); i++) {
            if (!domainScores.get(i).idle()) {
                long[] scores = new long[totals.length];
                domainScores.get(i).score(among, scores);
                DomainRule rule = plugins.domainRules().get(i);
                for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
                    scores[slot] *= rule.weight();
                }
                byRule.put(rule.name(), scores);
            }
        }
        return byRule;
    }

    /** Asks every rule in order about the candidates, for the reasons. Narrows the candidates. */
    void filter(BitSet candidates, Rejections rejections) {
        for (FilterRule rule : plugins.filters()) {
            if (rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, rejections);
            }
        }
        filterDomains(candidates, rejections);
    }

    /** Asks only the rules whose answer depends on the node alone. */
    void filterByNodes(BitSet candidates) {
        for (FilterRule rule : plugins.filters()) {
            if (!rule.dependsOnPods() && rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, Rejections.ignored());
            }
        }
    }

    /** Whether of the pods on a node only the room that they take can matter, and of kinds that every node has. */
    boolean onlyRoomMatters() {
        return pod.requests().extended().isEmpty() && domainFilters.stream().allMatch(DomainFilter::idle)
                && plugins.filters().stream().filter(rule -> rule.dependsOnPods() && rule.mayRefuse(pod))
                        .allMatch(FilterRule::asksOnlyForRoom);
    }

    /** Asks only the rules whose answer depends on pods; for nodes that the others have accepted. */
    void filterByPods(BitSet candidates) {
        for (FilterRule rule : plugins.filters()) {
            if (rule.dependsOnPods() && rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, Rejections.ignored());
            }
        }
        filterDomains(candidates, Rejections.ignored());
    }
}
