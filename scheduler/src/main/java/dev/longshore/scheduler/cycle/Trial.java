package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/**
 * Questions about one node as if other pods were on it. Closing it takes every supposition back, so that the state is
 * what it was.
 */
final class Trial implements AutoCloseable {
    private final Evaluation evaluation;
    private final ClusterState state;
    private final int slot;
    private final Deque<Supposition> suppositions = new ArrayDeque<>();

    private record Supposition(PodInfo pod, PodGroup group, int sign) {}

    /** @param evaluation refreshed, and not refreshed again before this is closed */
    Trial(Evaluation evaluation, ClusterState state, int slot) {
        this.evaluation = evaluation;
        this.state = state;
        this.slot = slot;
    }

    /** As if the pod were there. */
    void add(PodInfo pod) {
        suppose(new Supposition(pod, state.groups().of(pod), 1));
    }

    /** As if the pod were gone. */
    void remove(PodInfo pod) {
        suppose(new Supposition(pod, state.groups().of(pod), -1));
    }

    /**
     * As if those pods that wait for this node and do not give way to {@code pod} were there; false: there is none.
     */
    boolean addClaims(PodInfo pod, Collection<PodInfo> waiting) {
        boolean any = false;
        for (PodInfo claim : waiting) {
            if (claim.priority() >= pod.priority() && !claim.uid().equals(pod.uid())) {
                add(claim);
                any = true;
            }
        }
        return any;
    }

    /** Whether the pod of the evaluation would fit. */
    boolean fits() {
        BitSet candidate = new BitSet();
        candidate.set(slot);
        evaluation.filter(candidate, Rejections.ignored());
        return !candidate.isEmpty();
    }

    /** Why it would not; empty: it would. */
    Optional<Verdict> verdict() {
        BitSet candidate = new BitSet();
        candidate.set(slot);
        Rejections rejections = Rejections.recording(slot + 1);
        evaluation.filter(candidate, rejections);
        return rejections.of(slot);
    }

    @Override
    public void close() {
        while (!suppositions.isEmpty()) {
            Supposition last = suppositions.pop();
            apply(last, -last.sign);
        }
    }

    private void suppose(Supposition supposition) {
        suppositions.push(supposition);
        apply(supposition, supposition.sign);
    }

    private void apply(Supposition supposition, int sign) {
        state.adjust(slot, supposition.pod, sign);
        evaluation.count(slot, supposition.group, sign);
    }
}
