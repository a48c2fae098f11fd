package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Chooses a node for a pod: the one it was nominated to if that is fit, or else the fit one with the highest total;
 * among equals, a random one. Every fit node is scored, however many there are. Where none is fit, it chooses whom to
 * evict. Changes nothing; the same nodes, pods and random numbers give the same answer.
 */
public final class Decider {
    private final ClusterState state;
    private final TieBreaker ties;
    private final Evaluator evaluator;
    private final Nominations nominations;
    private final Preemption preemption;

    public Decider(ClusterState state, Plugins plugins, TieBreaker ties, Nominations nominations) {
        this.state = state;
        this.ties = ties;
        this.evaluator = new Evaluator(plugins, state);
        this.nominations = nominations;
        this.preemption = new Preemption(state, nominations, ties);
    }

    public Decision decide(PodInfo pod) {
        Optional<Verdict> refused = evaluator.refuse(pod.requirements());
        if (refused.isPresent()) {
            Preemption.Outcome.Nothing nothing = preemption.withoutHelp(pod);
            return new Decision.Nowhere(Diagnosis.refused(state.nodes(), refused.get(), nothing.why()),
                    nothing.waits());
        }
        Evaluation evaluation = evaluator.evaluate(pod.requirements());
        int slot = nominations.isEmpty() ? evaluation.best(ties) : bestUnclaimed(pod, evaluation);
        return slot >= 0 ? new Decision.Placed(state.facts(slot).name()) : makeRoom(pod, evaluation);
    }

    /** The scores on the nodes where a pod fits, and the verdicts on the others; for explanations. */
    public Explanation explain(PodInfo pod) {
        Evaluation evaluation = evaluator.evaluate(pod.requirements());
        BitSet fit = (BitSet) state.present().clone();
        Rejections rejections = filter(pod, evaluation, fit);
        return Explanation.of(evaluation, fit, rejections, state);
    }

    private int bestUnclaimed(PodInfo pod, Evaluation evaluation) {
        BitSet fit = (BitSet) evaluation.feasible().clone();
        int before = fit.cardinality();
        leaveOutClaimed(pod, evaluation, fit, Rejections.ignored());
        int nominated = nominations.nodeOf(pod.uid()).map(state::slot).orElse(Evaluation.NONE);
        if (nominated >= 0 && fit.get(nominated)) {
            return nominated;
        }
        return before == fit.cardinality() ? evaluation.best(ties) : evaluation.best(fit, ties);
    }

    /** A node must also do with the pods that wait for room there, unless they give way to this one. */
    private void leaveOutClaimed(PodInfo pod, Evaluation evaluation, BitSet fit, Rejections rejections) {
        for (String node : nominations.nodes()) {
            int slot = state.slot(node);
            if (slot >= 0 && (fit.get(slot) || rejections.isRecording())) {
                List<PodInfo> claims = nominations.against(pod, node);
                if (!claims.isEmpty()) {
                    try (Trial trial = new Trial(evaluation, state, slot, claims)) {
                        trial.verdict().ifPresent(verdict -> rejections.reject(fit, slot, verdict));
                    }
                }
            }
        }
    }

    private Rejections filter(PodInfo pod, Evaluation evaluation, BitSet fit) {
        Rejections rejections = Rejections.recording(state.present().length());
        evaluation.filter(fit, rejections);
        leaveOutClaimed(pod, evaluation, fit, rejections);
        return rejections;
    }

    private Decision makeRoom(PodInfo pod, Evaluation evaluation) {
        Rejections rejections = filter(pod, evaluation, (BitSet) state.present().clone());
        return switch (preemption.makeRoom(pod, evaluation, rejections)) {
            case Preemption.Outcome.Room(var node, var victims) ->
                new Decision.Preempts(Diagnosis.of(state.nodes(), rejections.all(), ""), node, victims);
            case Preemption.Outcome.Nothing(var why, var waits) ->
                new Decision.Nowhere(Diagnosis.of(state.nodes(), rejections.all(), why), waits);
        };
    }
}
