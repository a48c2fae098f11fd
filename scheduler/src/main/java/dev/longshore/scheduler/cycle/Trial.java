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
import java.util.function.Supplier;

/**
 * Questions about one node as if other pods were on it. Closing it takes every supposition back, so that the state is
 * what it was.
 */
final class Trial implements AutoCloseable {
    private final Evaluation evaluation;
    private final ClusterState state;
    private final int slot;
    private final Deque<Supposition> suppositions = new ArrayDeque<>();
    private final BitSet candidate = new BitSet();

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
     * Whether the pod of the evaluation would fit, beside these claims and without them: a pod that has not come yet
     * takes room, but nobody can count on it. Only rules about pods are asked, as the node stays the same.
     */
    boolean fits(Collection<PodInfo> claims) {
        if (!claims.isEmpty() && !with(claims, this::fits)) {
            return false;
        }
        return fits();
    }

    private boolean fits() {
        candidate.set(slot);
        evaluation.filterByPods(candidate);
        return candidate.get(slot);
    }

    /** Why the pod of the evaluation would not fit, beside these claims or without them; empty: it would. */
    Optional<Verdict> verdict(Collection<PodInfo> claims) {
        Optional<Verdict> beside = claims.isEmpty() ? Optional.empty() : with(claims, this::verdict);
        return beside.isPresent() ? beside : verdict();
    }

    private Optional<Verdict> verdict() {
        candidate.set(slot);
        Rejections rejections = Rejections.recording(slot + 1);
        evaluation.filter(candidate, rejections);
        return rejections.of(slot);
    }

    private <T> T with(Collection<PodInfo> claims, Supplier<T> question) {
        claims.forEach(this::add);
        T answer = question.get();
        claims.forEach(_ -> takeBack());
        return answer;
    }

    @Override
    public void close() {
        while (!suppositions.isEmpty()) {
            takeBack();
        }
    }

    private void takeBack() {
        Supposition last = suppositions.pop();
        apply(last, -last.sign);
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
