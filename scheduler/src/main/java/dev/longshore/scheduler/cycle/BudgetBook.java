package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.DisruptionBudgets;
import dev.longshore.scheduler.state.NodePods;
import java.util.BitSet;
import java.util.List;

/**
 * Which of some pods the disruption budgets should keep, if all of them had to go one after the other.
 *
 * <p>Example: a budget allows one disruption and selects both pods of a node. The first one asked about is within the
 * budget, the second is not: so with pods asked in the order of importance it is the less important one that is
 * protected (Kubernetes scheduler 1.32).
 */
final class BudgetBook {
    private static final BitSet NOBODY = new BitSet();

    private final List<ClusterObject.BudgetFacts> all;

    BudgetBook(DisruptionBudgets budgets) {
        this.all = List.copyOf(budgets.all());
    }

    /** The numbers of the pods, from this one on, whose going some budget does not allow. */
    BitSet protectedFrom(int first, NodePods pods) {
        if (all.isEmpty()) {
            return NOBODY;
        }
        BitSet kept = new BitSet(pods.count());
        int[] left = all.stream().mapToInt(ClusterObject.BudgetFacts::allowed).toArray();
        for (int number = first; number < pods.count(); number++) {
            for (int i = 0; i < left.length; i++) {
                if (all.get(i).counts(pods.pod(number)) && --left[i] < 0) {
                    kept.set(number);
                }
            }
        }
        return kept;
    }
}
