package dev.longshore.scheduler.state;

import dev.longshore.api.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many pods of which workloads may go at present. Owner: the scheduler's thread. */
public final class DisruptionBudgets {
    private final SortedMap<ObjectKey, ClusterObject.BudgetFacts> budgets = new TreeMap<>();

    void put(ClusterObject.BudgetFacts budget) {
        budgets.put(budget.key(), budget);
    }

    void remove(ClusterObject.BudgetFacts budget) {
        budgets.remove(budget.key());
    }

    /** All of them, in the order of their keys. */
    public Collection<ClusterObject.BudgetFacts> all() {
        return Collections.unmodifiableCollection(budgets.values());
    }
}
