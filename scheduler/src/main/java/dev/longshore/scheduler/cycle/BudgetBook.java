package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.DisruptionBudgets;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of some pods the disruption budgets should keep, if all of them had to go one after the other.
 *
 * <p>Example: a budget allows one disruption and selects both pods of a node. The first one asked about is within the
 * budget, the second is not: so with pods asked in the order of importance it is the less important one that is
 * protected (Kubernetes scheduler 1.32).
 */
final class BudgetBook {
    private final DisruptionBudgets budgets;

    BudgetBook(DisruptionBudgets budgets) {
        this.budgets = budgets;
    }

    /** Of the pods, in their order, those whose going some budget does not allow. */
    List<PodInfo> protectedAmong(List<PodInfo> pods) {
        if (budgets.all().isEmpty()) {
            return List.of();
        }
        List<ClusterObject.BudgetFacts> all = List.copyOf(budgets.all());
        int[] left = all.stream().mapToInt(ClusterObject.BudgetFacts::allowed).toArray();
        List<PodInfo> kept = new ArrayList<>();
        for (PodInfo pod : pods) {
            boolean violates = false;
            for (int i = 0; i < left.length; i++) {
                if (all.get(i).counts(pod)) {
                    left[i]--;
                    violates |= left[i] < 0;
                }
            }
            if (violates) {
                kept.add(pod);
            }
        }
        return kept;
    }
}
