package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.DomainCounts;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeOrder;
import dev.longshore.scheduler.state.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fit nodes by what rules over several nodes, and scores that are normalised, can see of them. Nodes of one class
 * get the same from all these rules, whatever it is at the moment; so the best of a class is known without asking them.
 *
 * <p>A topology of few domains tells nodes apart by the domain: a pod that comes to a zone raises one number, and no
 * node changes its class. One of many domains, as hostnames are, tells them apart by the number of the domain: the nodes
 * of that domain change theirs.
 */
final class NodeClasses {
    /** Of more domains the numbers count, as is true where most nodes have a domain of their own. */
    private static final int FEW_DOMAINS = 32;
    /** To ask the rules about a class costs about as much as a pass over so many nodes. */
    private static final int NODES_PER_CLASS = 8;
    private static final int ALWAYS_ENOUGH = 64;

    private final ClusterState state;
    private final NodeScores scores;
    private final Map<NodeClass.Key, NodeClass> byKey = new HashMap<>();
    private final List<NodeClass> all = new ArrayList<>();
    private final Deque<NodeClass> spare = new ArrayDeque<>();
    private final Deque<BitSet> spareBuckets = new ArrayDeque<>();
    private final NodeClass nowhere = new NodeClass(spareBuckets);
    /** Nodes whose class or total may be another now. */
    private final SlotList stale = new SlotList();
    private final List<Topology> byDomain = new ArrayList<>();
    private final List<DomainCounts> byNumber = new ArrayList<>();
    private final Set<Topology> moving = new LinkedHashSet<>();
    private NodeClass.Key wanted = new NodeClass.Key(0);
    private NodeClass[] classOf = {};
    private int[] totals = {};
    private NodeOrder order;
    private int most;

    NodeClasses(ClusterState state, NodeScores scores) {
        this.state = state;
        this.scores = scores;
        this.order = state.order();
    }

    /** Sorts the fit nodes anew. False, and there are no classes, if they would be too many to be of use. */
    boolean rebuild(List<DomainCounts> counts) {
        order = state.order();
        most = Math.max(ALWAYS_ENOUGH, state.nodes() / NODES_PER_CLASS);
        clear();
        choose(counts);
        BitSet fit = scores.fit();
        for (int slot = fit.nextSetBit(0); slot >= 0; slot = fit.nextSetBit(slot + 1)) {
            if (!move(slot)) {
                return false;
            }
        }
        return true;
    }

    private void clear() {
        while (!all.isEmpty()) {
            NodeClass last = all.removeLast();
            last.ranking().clear();
            spare.push(last);
        }
        byKey.clear();
        stale.clear();
        int slots = state.present().length();
        if (slots > totals.length) {
            totals = new int[slots];
            classOf = new NodeClass[slots];
        }
        Arrays.fill(classOf, nowhere);
    }

    private void choose(List<DomainCounts> counts) {
        byDomain.clear();
        byNumber.clear();
        moving.clear();
        Set<Topology> few = new LinkedHashSet<>();
        counts.stream().filter(each -> each.countsDomains() || hasFewDomains(each.topology()))
                .forEach(each -> few.add(each.topology()));
        byDomain.addAll(few);
        counts.stream().filter(each -> !few.contains(each.topology())).forEach(byNumber::add);
        byNumber.forEach(each -> moving.add(each.topology()));
        wanted = new NodeClass.Key(scores.normalised() + byDomain.size() + byNumber.size());
    }

    private boolean hasFewDomains(Topology topology) {
        int domains = topology.bound() - 1;
        return domains <= FEW_DOMAINS && domains * 2 <= state.nodes();
    }

    /** A pod came to the node or left it. */
    void changed(int slot) {
        stale.add(slot);
        for (Topology topology : moving) {
            int domain = topology.domain(slot);
            if (domain != Topology.NONE) {
                topology.eachMember(domain, stale::add);
            }
        }
    }

    /** Takes over what is true of changed nodes. False, and there are no classes, if there would be too many. */
    boolean update() {
        for (int i = 0; i < stale.size(); i++) {
            if (!move(stale.slot(i))) {
                return false;
            }
        }
        stale.clear();
        return true;
    }

    /** False, and there are no classes, if there would be too many. */
    private boolean move(int slot) {
        NodeClass before = classOf[slot];
        NodeClass now = scores.fit().get(slot) ? classFor(slot) : nowhere;
        int total = (int) scores.base()[slot];
        if (before != now || totals[slot] != total) {
            add(slot, total, now);
            remove(slot, before);
            totals[slot] = total;
            classOf[slot] = now;
        }
        if (all.size() <= most) {
            return true;
        }
        clear();
        return false;
    }

    private void add(int slot, int total, NodeClass to) {
        if (to != nowhere) {
            to.ranking().add(order.rank(slot), total);
            to.representative(slot);
        }
    }

    private void remove(int slot, NodeClass from) {
        if (from == nowhere) {
            return;
        }
        from.ranking().remove(order.rank(slot), totals[slot]);
        if (from.ranking().size() == 0) {
            drop(from);
        } else if (from.representative() == slot) {
            from.representative(order.slot(from.ranking().bestFrom(0)));
        }
    }

    private NodeClass classFor(int slot) {
        int at = 0;
        for (int column = 0; column < scores.normalised(); column++) {
            wanted.set(at++, scores.raw(column, slot));
        }
        for (int i = 0; i < byDomain.size(); i++) {
            wanted.set(at++, byDomain.get(i).domain(slot));
        }
        for (int i = 0; i < byNumber.size(); i++) {
            wanted.set(at++, byNumber.get(i).at(slot));
        }
        NodeClass known = byKey.get(wanted);
        return known == null ? make(wanted.copy()) : known;
    }

    private NodeClass make(NodeClass.Key key) {
        NodeClass made = spare.isEmpty() ? new NodeClass(spareBuckets) : spare.pop();
        made.turnTo(key, all.size());
        all.add(made);
        byKey.put(key, made);
        return made;
    }

    private void drop(NodeClass empty) {
        byKey.remove(empty.key());
        NodeClass last = all.removeLast();
        if (last != empty) {
            all.set(empty.index(), last);
            last.index(empty.index());
        }
        spare.push(empty);
    }

    /** Each has nodes. Do not modify. */
    List<NodeClass> all() {
        return all;
    }

    /** The order in which the nodes of a class stand. */
    NodeOrder order() {
        return order;
    }
}
