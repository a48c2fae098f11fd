package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.Set;

/** No pod on a cordoned node, unless it tolerates the taint that stands for it. */
final class NodeUnschedulable implements FilterRule {
    private static final NodeTaint CORDONED = new NodeTaint("node.kubernetes.io/unschedulable", "", "NoSchedule");
    private static final Verdict VERDICT = Verdict.unresolvable("NodeUnschedulable", "node(s) were unschedulable");

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_CORDON);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return !state.unschedulable().get(event.slot()) || CORDONED.toleratedBy(refused.requirements().tolerations());
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        if (!state.unschedulable().isEmpty() && !CORDONED.toleratedBy(pod.tolerations())) {
            rejections.remove(candidates, state.unschedulable(), VERDICT);
        }
    }
}
