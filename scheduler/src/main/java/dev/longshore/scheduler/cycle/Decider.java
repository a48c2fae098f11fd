package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.BitSet;
import java.util.Optional;

/**
 * Chooses a node for a pod: the fit one with the highest total; among equals, a random one. Every fit node is scored,
 * however many there are. Changes nothing; the same nodes, pods and random numbers give the same answer.
 */
public final class Decider {
    private final ClusterState state;
    private final TieBreaker ties;
    private final Evaluator evaluator;
    private final Nominations nominations;
    private final PreemptionOutlook outlook;

    public Decider(ClusterState state, Plugins plugins, TieBreaker ties, Nominations nominations) {
        this.state = state;
        this.ties = ties;
        this.evaluator = new Evaluator(plugins, state);
        this.nominations = nominations;
        this.outlook = new PreemptionOutlook(state);
    }

    public Decision decide(PodInfo pod) {
        Optional<Verdict> refused = evaluator.refuse(pod.requirements());
        if (refused.isPresent()) {
            return new Decision.Nowhere(Diagnosis.refused(state.nodes(), refused.get(),
                    outlook.withoutHelp(pod)));
        }
        Evaluation evaluation = evaluator.evaluate(pod.requirements());
        int slot = nominations.isEmpty() ? evaluation.best(ties) : bestUnclaimed(pod, evaluation);
        return slot >= 0
                ? new Decision.Placed(state.facts(slot).name())
                : new Decision.Nowhere(diagnose(pod, evaluation));
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
        return before == fit.cardinality() ? evaluation.best(ties) : evaluation.best(fit, ties);
    }

    /** A node must also do with the pods that wait for room there, unless they give way to this one. */
    private void leaveOutClaimed(PodInfo pod, Evaluation evaluation, BitSet fit, Rejections rejections) {
        for (String node : nominations.nodes()) {
            int slot = state.slot(node);
            if (slot >= 0 && fit.get(slot)) {
                try (Trial trial = new Trial(evaluation, state, slot)) {
                    if (trial.addClaims(pod, nominations.on(node))) {
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

    private Diagnosis diagnose(PodInfo pod, Evaluation evaluation) {
        BitSet none = (BitSet) state.present().clone();
        Rejections rejections = filter(pod, evaluation, none);
        return Diagnosis.of(state.nodes(), rejections.all(), outlook.of(pod, evaluation, rejections));
    }
}
