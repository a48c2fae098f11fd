package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.PodRule;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the rules of a profile, and keeps what they said for the next pod like this one. Owner: the scheduler's thread. */
final class Evaluator {
    /** How many kinds of pods have their evaluation kept, divided among profiles; the one unused longest makes room. */
    private static final int KEPT_EVALUATIONS = 256;
    /** As many keeps each profile at least. */
    private static final int FEWEST_KEPT = 32;
    /** How many kinds of pods that came once are remembered; one that comes again is worth keeping. */
    private static final int SEEN_KINDS = 1_024;

    private final Plugins plugins;
    private final ClusterState state;
    private final Map<PodRequirements, Evaluation> kept;
    private final Map<PodRequirements, PodRequirements> seen = lastUsed(SEEN_KINDS);
    private final Evaluation passing;

    /** @param profiles how many of these share what may be kept */
    Evaluator(Plugins plugins, ClusterState state, int profiles) {
        this.plugins = plugins;
        this.state = state;
        this.kept = lastUsed(Math.max(FEWEST_KEPT, KEPT_EVALUATIONS / profiles));
        this.passing = new Evaluation(state, plugins, false);
    }

    private static <V> Map<PodRequirements, V> lastUsed(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PodRequirements, V> eldest) {
                return size() > limit;
            }
        };
    }

    /** Whether room may be made for pods that fit nowhere. */
    boolean preempts() {
        return plugins.preempt();
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

    /** Valid until the state changes, or the next question. */
    Evaluation evaluate(PodRequirements pod) {
        Evaluation known = kept.get(pod);
        if (known != null) {
            known.refresh();
            return known;
        }
        if (seen.remove(pod) == null) {
            seen.put(pod, pod);
            passing.turnTo(pod);
            return passing;
        }
        Evaluation evaluation = new Evaluation(state, plugins, true);
        evaluation.turnTo(pod);
        kept.put(pod, evaluation);
        return evaluation;
    }
}
