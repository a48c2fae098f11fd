package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.PodRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the rules, and keeps what they said for the next pod like this one. Owner: the scheduler's thread. */
final class Evaluator {
    /** How many kinds of pods have their evaluation kept; the one unused longest makes room. */
    private static final int KEPT_EVALUATIONS = 256;

    private final Plugins plugins;
    private final ClusterState state;
    private final Map<PodRequirements, Evaluation> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PodRequirements, Evaluation> eldest) {
            return size() > KEPT_EVALUATIONS;
        }
    };

    Evaluator(Plugins plugins, ClusterState state) {
        this.plugins = plugins;
        this.state = state;
    }

    /** What is wrong with the pod whatever the nodes are. */
    Optional<Verdict> refuse(PodRequirements pod) {
        for (PodRule rule : plugins.podRules()) {
            Optional<Verdict> verdict = rule.refuse(pod, state);
            if (verdict.isPresent()) {
                return verdict;
            }
        }
        return Optional.empty();
    }

    /** Valid until the state changes. */
    Evaluation evaluate(PodRequirements pod) {
        Evaluation evaluation = kept.computeIfAbsent(pod, _ -> new Evaluation(pod, state, plugins));
        evaluation.refresh();
        return evaluation;
    }
}
