package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.PreferredSchedulingTerm;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/**
 * Node selector and required node affinity as a filter, preferred node affinity as a score; of the pod, and of the profile
 * for all its pods.
 */
final class NodeAffinity implements FilterRule, ScoreRule {
    private static final Verdict VERDICT = Verdict.unresolvable("NodeAffinity",
            "node(s) didn't match Pod's node affinity/selector");
    private static final Verdict ENFORCED = Verdict.unresolvable("NodeAffinity",
            "node(s) didn't match scheduler-enforced node affinity");

    private final int weight;
    private final dev.longshore.api.core.v1.NodeAffinity added;

    /** @param added the wishes of the profile */
    NodeAffinity(int weight, dev.longshore.api.core.v1.NodeAffinity added) {
        this.weight = weight;
        this.added = added;
    }

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
        return wanted(refused.requirements(), state).get(event.slot())
                && (!requires(added) || allowed(added, state).get(event.slot()));
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        if (requires(added)) {
            rejections.retain(candidates, allowed(added, state), ENFORCED);
        }
        if (!pod.nodeSelector().isEmpty() || requires(pod.nodeAffinity())) {
            rejections.retain(candidates, wanted(pod, state), VERDICT);
        }
    }

    /** The nodes that the pod's node selector and required node affinity allow; a new bitset. */
    static BitSet wanted(PodRequirements pod, ClusterState state) {
        BitSet wanted = (BitSet) state.present().clone();
        pod.nodeSelector().forEach((key, value) -> wanted.and(state.labels().with(key, value)));
        if (requires(pod.nodeAffinity())) {
            wanted.and(allowed(pod.nodeAffinity(), state));
        }
        return wanted;
    }

    private static BitSet allowed(dev.longshore.api.core.v1.NodeAffinity affinity, ClusterState state) {
        BitSet allowed = new BitSet();
        affinity.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTermsList()
                .forEach(term -> allowed.or(NodeTerms.matching(term, state)));
        return allowed;
    }

    private static boolean requires(dev.longshore.api.core.v1.NodeAffinity affinity) {
        return affinity.hasRequiredDuringSchedulingIgnoredDuringExecution();
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public boolean appliesTo(PodRequirements pod) {
        return added.getPreferredDuringSchedulingIgnoredDuringExecutionCount() > 0
                || pod.nodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionCount() > 0;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.BY_HIGHEST;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        Arrays.fill(raw, from, to, 0);
        add(added, state, from, to, raw);
        add(pod.nodeAffinity(), state, from, to, raw);
    }

    private static void add(dev.longshore.api.core.v1.NodeAffinity affinity, ClusterState state, int from, int to,
            double[] raw) {
        for (PreferredSchedulingTerm term : affinity.getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            BitSet matching = NodeTerms.matching(term.getPreference(), state);
            for (int slot = matching.nextSetBit(from); slot >= 0 && slot < to; slot = matching.nextSetBit(slot + 1)) {
                raw[slot] += term.getWeight();
            }
        }
    }
}
