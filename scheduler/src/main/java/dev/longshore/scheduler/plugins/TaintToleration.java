package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeTaint;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/** Keeps pods from nodes whose taints they do not tolerate, and lets them avoid those with PreferNoSchedule. */
final class TaintToleration implements FilterRule, ScoreRule {
    private final int weight;

    TaintToleration(int weight) {
        this.weight = weight;
    }

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_TAINTS);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        return state.facts(event.slot()).taints().stream()
                .allMatch(taint -> !taint.repels() || taint.toleratedBy(refused.requirements().tolerations()));
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        BitSet repelled = repelling(pod, state);
        if (rejections.isRecording()) {
            repelled.and(candidates);
            for (int slot = repelled.nextSetBit(0); slot >= 0; slot = repelled.nextSetBit(slot + 1)) {
                rejections.reject(candidates, slot, verdict(pod, state, slot));
            }
        } else {
            candidates.andNot(repelled);
        }
    }

    /** The nodes with taints that keep the pod away; a new bitset. */
    static BitSet repelling(PodRequirements pod, ClusterState state) {
        BitSet repelled = new BitSet();
        state.taints().each((taint, nodes) -> {
            if (taint.repels() && !taint.toleratedBy(pod.tolerations())) {
                repelled.or(nodes);
            }
        });
        return repelled;
    }

    private static Verdict verdict(PodRequirements pod, ClusterState state, int slot) {
        NodeTaint first = state.facts(slot).taints().stream()
                .filter(taint -> taint.repels() && !taint.toleratedBy(pod.tolerations())).findFirst().orElseThrow();
        return Verdict.unresolvable("TaintToleration", "node(s) had untolerated taint " + first.text());
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.BY_HIGHEST_REVERSED;
    }

    @Override
    public boolean indifferent(PodRequirements pod, ClusterState state) {
        return state.taints().noneMatch(taint -> taint.deters() && !taint.toleratedBy(pod.tolerations()));
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        Arrays.fill(raw, from, to, 0);
        state.taints().each((taint, nodes) -> {
            if (taint.deters() && !taint.toleratedBy(pod.tolerations())) {
                for (int slot = nodes.nextSetBit(from); slot >= 0 && slot < to; slot = nodes.nextSetBit(slot + 1)) {
                    raw[slot]++;
                }
            }
        });
    }
}
