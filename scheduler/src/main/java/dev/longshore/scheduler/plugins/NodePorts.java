package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.Set;

/** A host port goes to one pod of a node. */
final class NodePorts implements FilterRule {
    private static final Verdict VERDICT = Verdict.resolvable("NodePorts",
            "node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.ROOM_FREED);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return event.pods().isEmpty() || event.pods().stream().flatMap(pod -> pod.requirements().ports().stream())
                .anyMatch(port -> refused.requirements().ports().stream().anyMatch(port::conflictsWith));
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.ports().isEmpty();
    }

    @Override
    public boolean dependsOnPods() {
        return true;
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        BitSet taken = new BitSet();
        state.ports().conflicts(pod.ports(), taken);
        rejections.remove(candidates, taken, VERDICT);
    }
}
