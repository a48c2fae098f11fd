package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodePods;
import dev.longshore.scheduler.state.PodGroup;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Questions about one node as if other pods were on it: asked of every rule. Closing it takes every supposition back,
 * so that the state is what it was.
 */
final class Trial implements Supposition, AutoCloseable {
    private final Evaluation evaluation;
    private final ClusterState state;
    private final int slot;
    private final NodePods pods;
    private final List<PodInfo> claims;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final BitSet candidate = new BitSet();

    private record Change(PodInfo pod, PodGroup group, int sign) {}

    /**
     * @param evaluation refreshed, and not refreshed again before this is closed
     * @param claims     pods that wait for the node and do not give way: the pod has to fit beside them and without
     *                   them, as they take room but nobody can count on them yet
     */
    Trial(Evaluation evaluation, ClusterState state, int slot, List<PodInfo> claims) {
        this.evaluation = evaluation;
        this.state = state;
        this.slot = slot;
        this.pods = state.pods(slot);
        this.claims = claims;
    }

    @Override
    public void restore(int number) {
        add(pods.pod(number));
    }

    @Override
    public void remove(int number) {
        change(new Change(pods.pod(number), state.groups().of(pods.pod(number)), -1));
    }

    private void add(PodInfo pod) {
        change(new Change(pod, state.groups().of(pod), 1));
    }

    /** Asks only the rules about pods, as the node stays the same; the others must have accepted it. */
    @Override
    public boolean fits() {
        return (claims.isEmpty() || besideClaims(this::accepted)) && accepted();
    }

    private boolean accepted() {
        candidate.set(slot);
        evaluation.filterByPods(candidate);
        return candidate.get(slot);
    }

    /** Why the pod of the evaluation would not fit, asked of every rule; empty: it would. */
    Optional<Verdict> verdict() {
        Optional<Verdict> beside = claims.isEmpty() ? Optional.empty() : besideClaims(this::firstVerdict);
        return beside.isPresent() ? beside : firstVerdict();
    }

    private Optional<Verdict> firstVerdict() {
        candidate.set(slot);
        Rejections rejections = Rejections.recording(slot + 1);
        evaluation.filter(candidate, rejections);
        return rejections.of(slot);
    }

    private <T> T besideClaims(Supplier<T> question) {
        claims.forEach(this::add);
        T answer = question.get();
        claims.forEach(_ -> takeBack());
        return answer;
    }

    @Override
    public void close() {
        while (!changes.isEmpty()) {
            takeBack();
        }
    }

    private void takeBack() {
        Change last = changes.pop();
        apply(last, -last.sign);
    }

    private void change(Change change) {
        changes.push(change);
        apply(change, change.sign);
    }

    private void apply(Change change, int sign) {
        state.adjust(slot, change.pod, sign);
        evaluation.count(slot, change.group, sign);
    }
}
