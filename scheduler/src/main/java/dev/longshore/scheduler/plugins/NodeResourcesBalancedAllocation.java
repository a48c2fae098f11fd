package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;

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
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        state.resources().evenness(pod.requests().cpuMillis(), pod.requests().memoryBytes(), from, to, raw);
    }
}
