package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.plugins.NodeSample;
import java.util.ArrayList;
import java.util.List;

/** The best of all nodes, found among the best of each class. */
final class ClassSearch {
    private final NodeClasses classes;
    private final NodeScores nodes;
    private final DomainTallies domains;
    private final NodeSample sample = new NodeSample();
    /** The classes in the sample, and the highest total in each. */
    private final List<NodeClass> accepted = new ArrayList<>();
    private double[] totals = {};

    ClassSearch(NodeClasses classes, NodeScores nodes, DomainTallies domains) {
        this.classes = classes;
        this.nodes = nodes;
        this.domains = domains;
    }

    /** The slot of one of the best, or {@link Evaluation#NONE}. */
    int best(TieBreaker ties) {
        choose();
        if (accepted.isEmpty()) {
            return Evaluation.NONE;
        }
        sum();
        keepHighest();
        int rank = equals() == 1 ? first(0) : first(ties.below(classes.order().size()));
        return classes.order().slot(rank == Ranking.NOBODY ? first(0) : rank);
    }

    private void choose() {
        sample.clear();
        accepted.clear();
        List<NodeClass> all = classes.all();
        for (int i = 0; i < all.size(); i++) {
            NodeClass each = all.get(i);
            if (domains.accept(each.representative())) {
                sample.add(each.representative(), each.ranking().size());
                accepted.add(each);
            }
        }
    }

    private void sum() {
        if (totals.length < accepted.size()) {
            totals = new double[accepted.size() * 2];
        }
        for (int i = 0; i < accepted.size(); i++) {
            totals[i] = accepted.get(i).ranking().highest();
        }
        nodes.addNormalised(sample, totals);
        domains.addScores(sample, totals);
    }

    private void keepHighest() {
        double highest = totals[0];
        int kept = 0;
        for (int i = 0; i < accepted.size(); i++) {
            if (totals[i] > highest) {
                highest = totals[i];
                kept = 0;
            }
            if (totals[i] == highest) {
                accepted.set(kept++, accepted.get(i));
            }
        }
        while (accepted.size() > kept) {
            accepted.removeLast();
        }
    }

    private int equals() {
        int equals = 0;
        for (int i = 0; i < accepted.size(); i++) {
            equals += accepted.get(i).ranking().best();
        }
        return equals;
    }

    /** The first in the order of names that is not before this place; as {@link TieBreaker#among} would find it. */
    private int first(int rank) {
        int first = Ranking.NOBODY;
        for (int i = 0; i < accepted.size(); i++) {
            int found = accepted.get(i).ranking().bestFrom(rank);
            if (found != Ranking.NOBODY && (first == Ranking.NOBODY || found < first)) {
                first = found;
            }
        }
        return first;
    }
}
