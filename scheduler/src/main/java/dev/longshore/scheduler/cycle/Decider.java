package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profile;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a node for a pod by the rules of its profile: the one it was nominated to if that is fit, or else the fit one
 * with the highest total; among equals, a random one. Every fit node is scored, however many there are. Where none is
 * fit, it chooses whom to evict. Changes nothing; the same nodes, pods and random numbers give the same answer.
 */
public final class Decider {
    private final ClusterState state;
    private final TieBreaker ties;
    private final Map<String, Evaluator> evaluators;
    private final Nominations nominations;
    private final Preemption preemption;

    public Decider(ClusterState state, Profiles profiles, TieBreaker ties, Nominations nominations) {
        this.state = state;
        this.ties = ties;
        this.evaluators = profiles.each(
                profile -> new Evaluator(profile.plugins(), state, profiles.names().size()));
        this.nominations = nominations;
        this.preemption = new Preemption(state, nominations, ties);
    }

    /** With the default profile alone. */
    public Decider(ClusterState state, Plugins plugins, TieBreaker ties, Nominations nominations) {
        this(state, new Profiles(List.of(new Profile(Profile.DEFAULT_NAME, plugins))), ties, nominations);
    }

    /** @param pod one of a profile that there is */
    public Decision decide(PodInfo pod) {
        Evaluator evaluator = evaluator(pod);
        Optional<Verdict> refused = evaluator.refuse(pod.requirements());
        if (refused.isPresent()) {
            Preemption.Outcome.Nothing nothing = evaluator.preempts()
                    ? preemption.withoutHelp(pod)
                    : Preemption.Outcome.Nothing.UNTRIED;
            return new Decision.Nowhere(Diagnosis.refused(state.nodes(), refused.get(), nothing.why()),
                    nothing.waits());
        }
        Evaluation evaluation = evaluator.evaluate(pod.requirements());
        int slot = nominations.isEmpty() ? evaluation.best(ties) : bestUnclaimed(pod, evaluation);
        return slot >= 0
                ? new Decision.Placed(state.facts(slot).name())
                : makeRoom(pod, evaluation, evaluator.preempts());
    }

    /** The scores on the nodes where a pod fits, and the verdicts on the others; for explanations. */
    public Explanation explain(PodInfo pod) {
        Evaluation evaluation = evaluator(pod).evaluate(pod.requirements());
        BitSet fit = (BitSet) state.present().clone();
        Rejections rejections = filter(pod, evaluation, fit);
        return Explanation.of(evaluation, fit, rejections, state);
    }

    private Evaluator evaluator(PodInfo pod) {
        Evaluator evaluator = evaluators.get(pod.schedulerName());
        if (evaluator == null) {
            throw new IllegalArgumentException("there is no profile " + pod.schedulerName());
        }
        return evaluator;
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

    private Decision makeRoom(PodInfo pod, Evaluation evaluation, boolean preempts) {
        Rejections rejections = filter(pod, evaluation, (BitSet) state.present().clone());
        Preemption.Outcome outcome = preempts
                ? preemption.makeRoom(pod, evaluation, rejections)
                : Preemption.Outcome.Nothing.UNTRIED;
        return switch (outcome) {
            case Preemption.Outcome.Room(var node, var victims) ->
                new Decision.Preempts(Diagnosis.of(state.nodes(), rejections.all(), ""), node, victims);
            case Preemption.Outcome.Nothing(var why, var waits) ->
                new Decision.Nowhere(Diagnosis.of(state.nodes(), rejections.all(), why), waits);
        };
    }
}
