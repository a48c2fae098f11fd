package dev.longshore.scheduler.state;

import dev.longshore.api.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many pods of which workloads may go at present. Owner: the scheduler's thread. */
public final class DisruptionBudgets {
    private final SortedMap<ObjectKey, ClusterObject.BudgetFacts> budgets = new TreeMap<>();

    private long version;

    void put(ClusterObject.BudgetFacts budget) {
        budgets.put(budget.key(), budget);
        version++;
    }

    void remove(ClusterObject.BudgetFacts budget) {
        budgets.remove(budget.key());
        version++;
    }

    /** Changes whenever a budget does. */
    public long version() {
        return version;
    }

    /** All of them, in the order of their keys. */
    public Collection<ClusterObject.BudgetFacts> all() {
        return Collections.unmodifiableCollection(budgets.values());
    }
}
