package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.FilterRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.plugins.RoomRule;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeOrder;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.UsageChange;
import java.util.BitSet;

/**
 * Where pods of one set of requirements fit, and how well. {@link #refresh} brings it up to date at the cost of the pods
 * that came and left since, which is one for each pod placed in between.
 *
 * <p>Example: of 5,000 nodes with 100 identical pods waiting, the first pod costs a look at 5,000 nodes, each other pod
 * a look at one, and at one node of each {@linkplain NodeClasses class}: where no rule looks beyond a node, all nodes
 * are one class; with a spread over ten zones there are ten.
 */
final class Evaluation {
    /** No node. */
    static final int NONE = -1;

    /** How the fit nodes are known by class. */
    private enum Classified {
        NOT_YET, YES, TOO_MANY
    }

    private final ClusterState state;
    private final Plugins plugins;
    private final NodeScores nodes;
    private final DomainTallies domains;
    private final NodeClasses classes;
    private final ClassSearch classSearch;
    private final BoundedSearch boundedSearch;
    private final SlotList changed = new SlotList();
    private final BitSet feasible = new BitSet();
    private final BitSet equals = new BitSet();
    private final UsageChange note = this::note;
    private final boolean ranks;
    private PodRequirements pod = PodRequirements.NONE;
    private Classified classified = Classified.NOT_YET;
    private int counts;
    private double[] totals = {};
    private long structureVersion = -1;
    private long usageVersion = -1;

    /** @param ranks whether several pods like this are expected, so that an order of the nodes is worth keeping */
    Evaluation(ClusterState state, Plugins plugins, boolean ranks) {
        this.state = state;
        this.plugins = plugins;
        this.nodes = new NodeScores(state, plugins);
        this.domains = new DomainTallies(plugins.domainRules());
        this.classes = new NodeClasses(state, nodes);
        this.classSearch = new ClassSearch(classes, nodes, domains);
        this.boundedSearch = new BoundedSearch(state, nodes);
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
        if (structureVersion != state.structureVersion(pod) || !state.changedSince(usageVersion, note)) {
            rebuild();
        } else if (changed.size() > 0) {
            nodes.renew(changed);
            if (counts != domains.size()) {
                counts = domains.size();
                classified = Classified.NOT_YET;
            } else if (classified == Classified.YES && !classes.update()) {
                classified = Classified.TOO_MANY;
            }
        }
        usageVersion = state.usageVersion();
    }

    private void note(int slot, PodGroup group, int by) {
        changed.add(slot);
        domains.changed(slot, group, by);
        if (classified == Classified.YES) {
            classes.changed(slot);
        }
    }

    private void rebuild() {
        nodes.rebuild(pod);
        domains.rebuild(pod, state);
        counts = domains.size();
        classified = Classified.NOT_YET;
        int slots = state.present().length();
        if (slots > totals.length) {
            totals = new double[slots];
        }
        structureVersion = state.structureVersion(pod);
        usageVersion = state.usageVersion();
    }

    /** Tells the filters alone that a pod comes or leaves; for questions that are taken back. */
    void count(int slot, PodGroup group, int by) {
        domains.changeFilters(slot, group, by);
    }

    PodRequirements pod() {
        return pod;
    }

    /** The nodes that passed every filter. Do not modify; valid until the next question. */
    BitSet feasible() {
        if (domains.acceptAll()) {
            return nodes.fit();
        }
        feasible.clear();
        feasible.or(nodes.fit());
        domains.filter(feasible, Rejections.ignored());
        return feasible;
    }

    /** One of the best nodes when every node that fits may be taken, or {@link #NONE}. */
    int best(TieBreaker ties) {
        if (!ranks && nodes.isBounded() && domains.silent()) {
            return boundedSearch.best(ties);
        }
        return ranks && isClassified() ? classSearch.best(ties) : best(feasible(), ties);
    }

    private boolean isClassified() {
        if (classified == Classified.NOT_YET) {
            classified = classes.rebuild(domains.counts()) ? Classified.YES : Classified.TOO_MANY;
        }
        return classified == Classified.YES;
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
        nodes.addNormalised(among, totals);
        domains.addScores(among, totals);
        for (int slot = among.nextClearBit(0); slot < slots; slot = among.nextClearBit(slot + 1)) {
            totals[slot] = Double.NEGATIVE_INFINITY;
        }
    }

    /** What each rule that has something to say adds to the total of each of these nodes. */
    void explain(BitSet among, NodeScores.ScoreSink sink) {
        nodes.explain(among, sink);
        domains.explain(among, sink);
    }

    /** Asks every rule in order about the candidates, for the reasons. Narrows the candidates. */
    void filter(BitSet candidates, Rejections rejections) {
        for (FilterRule rule : plugins.filters()) {
            if (rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, rejections);
            }
        }
        domains.filter(candidates, rejections);
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
                && domains.acceptAll()
                && plugins.filters().stream().filter(rule -> rule.dependsOnPods() && rule.mayRefuse(pod))
                        .allMatch(RoomRule.class::isInstance);
    }

    /** Asks only the rules whose answer depends on pods; for nodes that the others have accepted. */
    void filterByPods(BitSet candidates) {
        for (FilterRule rule : plugins.filters()) {
            if (rule.dependsOnPods() && rule.mayRefuse(pod)) {
                rule.filter(pod, state, candidates, Rejections.ignored());
            }
        }
        domains.filter(candidates, Rejections.ignored());
    }
}
