package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;
import java.util.Set;

/** A pod that names its node goes there or nowhere. */
final class NodeName implements FilterRule {
    private static final Verdict VERDICT = Verdict.unresolvable("NodeName",
            "node(s) didn't match the requested node name");

    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return state.facts(event.slot()).name().equals(refused.requirements().nodeName());
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.nodeName().isEmpty();
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        BitSet named = new BitSet();
        int slot = state.slot(pod.nodeName());
        if (slot >= 0) {
            named.set(slot);
        }
        rejections.retain(candidates, named, VERDICT);
    }
}
