package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses a node for a pod: the fit one with the highest total; among equals, a random one. Every fit node is scored,
 * however many there are. Changes nothing; the same nodes, pods and random numbers give the same answer.
 */
public final class Decider {
    private final ClusterState state;
    private final TieBreaker ties;
    private final Evaluator evaluator;
    private final PreemptionOutlook outlook;

    public Decider(ClusterState state, Plugins plugins, TieBreaker ties) {
        this.state = state;
        this.ties = ties;
        this.evaluator = new Evaluator(plugins, state);
        this.outlook = new PreemptionOutlook(state, evaluator);
    }

    public Decision decide(PodInfo pod) {
        Optional<Verdict> refused = evaluator.refuse(pod.requirements());
        if (refused.isPresent()) {
            return new Decision.Nowhere(diagnose(pod, Optional.empty(), refused));
        }
        Evaluation evaluation = evaluator.evaluate(pod.requirements());
        return evaluation.feasible().isEmpty()
                ? new Decision.Nowhere(diagnose(pod, Optional.of(evaluation), refused))
                : new Decision.Placed(best(evaluation), evaluation.feasible().cardinality());
    }

    /** The scores of a pod that fits somewhere, and the verdicts; for explanations. */
    public Explanation explain(PodInfo pod) {
        return Explanation.of(evaluator.evaluate(pod.requirements()), state);
    }

    private String best(Evaluation evaluation) {
        long highest = -1;
        int equals = 0;
        for (int slot : state.byName()) {
            if (evaluation.feasible().get(slot)) {
                long total = evaluation.total(slot);
                equals = total > highest ? 1 : total == highest ? equals + 1 : equals;
                highest = Math.max(highest, total);
            }
        }
        int chosen = equals > 1 ? ties.below(equals) : 0;
        for (int slot : state.byName()) {
            if (evaluation.feasible().get(slot) && evaluation.total(slot) == highest && chosen-- == 0) {
                return state.facts(slot).name();
            }
        }
        throw new IllegalStateException("no feasible node among " + state.nodes());
    }

    private Diagnosis diagnose(PodInfo pod, Optional<Evaluation> evaluation, Optional<Verdict> refused) {
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        for (int slot : state.byName()) {
            verdicts.put(state.facts(slot).name(),
                    refused.or(() -> evaluation.flatMap(found -> found.verdict(slot))).orElseThrow());
        }
        return new Diagnosis(verdicts, refused, outlook.of(pod, verdicts));
    }
}
