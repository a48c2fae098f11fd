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

    private final ClusterState state;
    private final Plugins plugins;
    private final NodeScores nodes;
    private final Ranking ranking;
    private final BitSet changed = new BitSet();
    private final BitSet feasible = new BitSet();
    private final BitSet equals = new BitSet();
    private final boolean ranks;
    private PodRequirements pod = PodRequirements.NONE;
    private List<DomainFilter> domainFilters = List.of();
    private List<DomainScore> domainScores = List.of();
    private boolean ranked;
    private double[] totals = {};
    private double[] part = {};
    private long structureVersion = -1;
    private long usageVersion = -1;

    /** @param ranks whether several pods like this are expected, so that an order of the nodes is worth keeping */
    Evaluation(ClusterState state, Plugins plugins, boolean ranks) {
        this.state = state;
        this.plugins = plugins;
        this.nodes = new NodeScores(state, plugins);
        this.ranking = new Ranking(state.order());
        this.ranks = ranks;
    }

    /** Answers for these pods from now on, for the cluster as it is now. */
    void turnTo(PodRequirements other) {
        pod = other;
        rebuild();
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
        usageVersion = state.usageVersion();
    }

    private void note(int slot, PodGroup group, int by) {
        changed.set(slot);
        count(slot, group, by);
        domainScores.forEach(score -> score.changed(slot, group, by));
    }

    private void rebuild() {
        nodes.rebuild(pod);
        domainFilters = plugins.domainRules().stream().map(rule -> rule.filterFor(pod, state)).toList();
        domainScores = plugins.domainRules().stream().map(rule -> rule.scoreFor(pod, state)).toList();
        ranked = false;
        int slots = state.present().length();
        if (slots > totals.length) {
            totals = new double[slots];
            part = new double[slots];
        }
        structureVersion = state.structureVersion(pod);
        usageVersion = state.usageVersion();
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
        if (!ranks || found != nodes.fit() || nodes.needsNormalising() || scoresDomains()) {
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
        int slots = among.length();
        sum(among, slots);
        double highest = -1;
        for (int slot = 0; slot < slots; slot++) {
            highest = Math.max(highest, totals[slot]);
        }
        equals.clear();
        NodeOrder order = state.order();
        for (int slot = 0; slot < slots; slot++) {
            if (totals[slot] == highest) {
                equals.set(order.rank(slot));
            }
        }
        int first = equals.nextSetBit(0);
        if (slots == 0) {
            return NONE;
        }
        return order.slot(equals.nextSetBit(first + 1) < 0 ? first : ties.among(equals, order.size()));
    }

    /** The totals of these nodes, and a negative number for all others below the highest of them. */
    private void sum(BitSet among, int slots) {
        System.arraycopy(nodes.base(), 0, totals, 0, slots);
        if (nodes.needsNormalising()) {
            nodes.addNormalised(among, totals);
        }
        for (int i = 0; i < domainScores.size(); i++) {
            if (!domainScores.get(i).idle()) {
                domainScores.get(i).score(among, part);
                double weight = plugins.domainRules().get(i).weight();
                for (int slot = 0; slot < slots; slot++) {
                    totals[slot] += weight * part[slot];
                }
            }
        }
        for (int slot = among.nextClearBit(0); slot < slots; slot = among.nextClearBit(slot + 1)) {
            totals[slot] = Double.NEGATIVE_INFINITY;
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
    void explain(BitSet among, NodeScores.ScoreSink sink) {
        nodes.explain(among, sink);
        for (int i = 0; i < domainScores.size(); i++) {
            if (!domainScores.get(i).idle()) {
                DomainRule rule = plugins.domainRules().get(i);
                double[] scores = new double[totals.length];
                domainScores.get(i).score(among, scores);
                for (int slot = among.nextSetBit(0); slot >= 0; slot = among.nextSetBit(slot + 1)) {
                    sink.add(rule.name(), slot, rule.weight() * (long) scores[slot]);
                }
            }
        }
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

    /** Whether the room on a node matters at all. */
    boolean roomMatters() {
        return plugins.askForRoom();
    }

    /** Whether of the pods on a node only the room that they take can matter, and of kinds that every node has. */
    boolean onlyRoomMatters() {
        return roomMatters() && pod.requests().extended().isEmpty()
                && domainFilters.stream().allMatch(DomainFilter::idle)
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
