package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/**
 * The pods that would have to leave one node.
 *
 * @param pods            never empty; the most important first
 * @param violations      how many of them a disruption budget should have kept
 * @param highestPriority of theirs
 * @param prioritySum     of their priorities, each counted from the lowest possible one
 */
record Victims(int slot, List<PodInfo> pods, int violations, int highestPriority, long prioritySum) {
    private static final long ABOVE_LOWEST = 1L << 31;

    static Victims of(int slot, List<PodInfo> pods, int violations) {
        long sum = 0;
        for (PodInfo pod : pods) {
            sum += pod.priority() + ABOVE_LOWEST;
        }
        return new Victims(slot, List.copyOf(pods), violations, pods.getFirst().priority(), sum);
    }

    /**
     * Negative when this does less harm: fewest violated budgets, least important victim at the top, smallest sum of
     * priorities counted from the lowest possible one, fewest pods, and the one that has run the shortest time (Kubernetes
     * scheduler 1.32). What is equal here is as good.
     */
    int compareHarm(Victims other) {
        int difference = Integer.compare(violations, other.violations);
        if (difference == 0) {
            difference = Integer.compare(highestPriority, other.highestPriority);
        }
        if (difference == 0) {
            difference = Long.compare(prioritySum, other.prioritySum);
        }
        if (difference == 0) {
            difference = Integer.compare(pods.size(), other.pods.size());
        }
        return difference == 0 ? Long.compare(other.earliestStart(), earliestStart()) : difference;
    }

    /** When the first of those with the highest priority began to run. */
    private long earliestStart() {
        return pods.getFirst().started();
    }
}
