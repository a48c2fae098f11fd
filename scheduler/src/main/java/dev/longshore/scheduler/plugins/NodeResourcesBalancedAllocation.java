package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.List;
import java.util.Set;

/**
 * Prefers nodes where resources, cpu and memory unless configured otherwise, would be taken in like parts (Kubernetes
 * scheduler: one minus the standard deviation of the fractions, in hundredths, cut).
 */
final class NodeResourcesBalancedAllocation implements BoundedScore {
    private static final Set<String> USUAL = Set.of("cpu", "memory");

    private final int weight;
    private final List<String> resources;
    private final boolean usual;

    /** @param roomAsked whether only nodes with room for the pod are scored; of others, the columns count too much */
    NodeResourcesBalancedAllocation(int weight, List<String> resources, boolean roomAsked) {
        this.weight = weight;
        this.resources = List.copyOf(resources);
        this.usual = roomAsked && Set.copyOf(resources).equals(USUAL);
    }

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
        return weight;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        if (usual) {
            state.resources().scores().evenness(pod.requests().cpuMillis(), pod.requests().memoryBytes(), from, to,
                    raw);
            return;
        }
        for (int slot = from; slot < to; slot++) {
            raw[slot] = ResourceScore.evenness(resources, pod, state.resources(), slot);
        }
    }

    @Override
    public boolean isBounded() {
        return usual;
    }

    @Override
    public void addBounds(PodRequirements pod, ClusterState state, int from, int to, double[] sums) {
        state.resources().scores().addEvennessBound(weight, pod.requests().cpuMillis(), pod.requests().memoryBytes(),
                from, to, sums);
    }
}
