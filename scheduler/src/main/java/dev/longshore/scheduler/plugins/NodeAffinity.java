package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.PreferredSchedulingTerm;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/** Node selector and required node affinity as a filter, preferred node affinity as a score. */
final class NodeAffinity implements FilterRule, ScoreRule {
    private static final Verdict VERDICT = Verdict.unresolvable("NodeAffinity",
            "node(s) didn't match Pod's node affinity/selector");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return wanted(refused.requirements(), state).get(event.slot());
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        if (!pod.nodeSelector().isEmpty() || requires(pod)) {
            rejections.retain(candidates, wanted(pod, state), VERDICT);
        }
    }

    /** The nodes that the pod's node selector and required node affinity allow; a new bitset. */
    static BitSet wanted(PodRequirements pod, ClusterState state) {
        BitSet wanted = (BitSet) state.present().clone();
        pod.nodeSelector().forEach((key, value) -> wanted.and(state.labels().with(key, value)));
        if (requires(pod)) {
            BitSet matching = new BitSet();
            pod.nodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTermsList()
                    .forEach(term -> matching.or(NodeTerms.matching(term, state)));
            wanted.and(matching);
        }
        return wanted;
    }

    private static boolean requires(PodRequirements pod) {
        return pod.nodeAffinity().hasRequiredDuringSchedulingIgnoredDuringExecution();
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public boolean appliesTo(PodRequirements pod) {
        return pod.nodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionCount() > 0;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.BY_HIGHEST;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        Arrays.fill(raw, from, to, 0);
        for (PreferredSchedulingTerm term : pod.nodeAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            BitSet matching = NodeTerms.matching(term.getPreference(), state);
            for (int slot = matching.nextSetBit(from); slot >= 0 && slot < to; slot = matching.nextSetBit(slot + 1)) {
                raw[slot] += term.getWeight();
            }
        }
    }
}
