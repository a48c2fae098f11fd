package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.ResourceColumns;
import java.util.BitSet;

/**
 * Prefers nodes where cpu and memory would be taken in like parts (Kubernetes scheduler: one minus the standard
 * deviation of the two fractions, in hundredths, cut).
 */
final class NodeResourcesBalancedAllocation implements ScoreRule {
    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean dependsOnPods() {
        return true;
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, BitSet scope, long[] raw) {
        ResourceColumns resources = state.resources();
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            long cpu = resources.cpuAllocatable(slot);
            long memory = resources.memoryAllocatable(slot);
            double deviation = 0;
            if (cpu > 0 && memory > 0) {
                deviation = Math.abs(fraction(resources.cpuRequested(slot) + pod.requests().cpuMillis(), cpu)
                        - fraction(resources.memoryRequested(slot) + pod.requests().memoryBytes(), memory)) / 2;
            }
            raw[slot] = (long) ((1 - deviation) * 100);
        }
    }

    private static double fraction(long taken, long capacity) {
        return Math.min(1.0, (double) taken / capacity);
    }
}
