package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.FitMessage;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.plugins.Rejections;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds the node where the least harm makes room for a pod that fits nowhere: pods of lower priority have to leave it
 * (Kubernetes scheduler 1.32, DefaultPreemption). Every node is considered, not a sample. Where there is none it says
 * why not, node by node. It decides only; nothing is evicted here.
 */
final class Preemption {
    private static final String NEVER = "not eligible due to preemptionPolicy=Never.";
    private static final String STILL_LEAVING = "not eligible due to a terminating pod on the nominated node.";
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";

    private final ClusterState state;
    private final Nominations nominations;
    private final TieBreaker ties;
    private final VictimTable.Cache tables = new VictimTable.Cache();
    private final BitSet equals = new BitSet();

    /** What came of it. */
    sealed interface Outcome {
        /** These pods have to leave this node. */
        record Room(String node, List<PodInfo> victims) implements Outcome {}

        /**
         * Nobody has to leave.
         *
         * @param why   the text behind {@code preemption:}; "" for no such text
         * @param waits whether the pod keeps waiting for the node it was nominated to
         */
        record Nothing(String why, boolean waits) implements Outcome {
            /** For pods whose profile evicts nobody. */
            static final Nothing UNTRIED = new Nothing("", false);
        }
    }

    Preemption(ClusterState state, Nominations nominations, TieBreaker ties) {
        this.state = state;
        this.nominations = nominations;
        this.ties = ties;
    }

    /** For a pod that no node can take whatever leaves it. */
    Outcome.Nothing withoutHelp(PodInfo pod) {
        return pod.mayPreempt()
                ? new Outcome.Nothing(FitMessage.perNode(Collections.nCopies(state.nodes(), List.of(NOT_HELPFUL))),
                        false)
                : new Outcome.Nothing(NEVER, true);
    }

    /** @param rejections why each node does not do as it is */
    Outcome makeRoom(PodInfo pod, Evaluation evaluation, Rejections rejections) {
        if (!pod.mayPreempt()) {
            return new Outcome.Nothing(NEVER, true);
        }
        if (waitsForVictims(pod, rejections)) {
            return new Outcome.Nothing(STILL_LEAVING, true);
        }
        VictimSearch search = new VictimSearch(pod, evaluation, state, nominations, tables);
        Optional<Victims> best = leastHarm(search, rejections);
        if (best.isPresent()) {
            return new Outcome.Room(state.facts(best.get().slot()).name(), best.get().pods());
        }
        return new Outcome.Nothing(explain(search, rejections), false);
    }

    /** Whether pods evicted for this one are still on its node, and no rule says that they leave it in vain. */
    private boolean waitsForVictims(PodInfo pod, Rejections rejections) {
        int slot = nominations.nodeOf(pod.uid()).map(state::slot).orElse(Evaluation.NONE);
        return slot >= 0 && rejections.of(slot).map(Verdict::resolvable).orElse(true)
                && state.podsOf(state.facts(slot).name()).stream()
                        .anyMatch(placed -> placed.pod().priority() < pod.priority()
                                && nominations.leaves(placed.pod()));
    }

    private Optional<Victims> leastHarm(VictimSearch search, Rejections rejections) {
        Optional<Victims> best = Optional.empty();
        equals.clear();
        BitSet present = state.present();
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            if (!rejections.of(slot).map(Verdict::resolvable).orElse(false)) {
                continue;
            }
            Optional<Victims> found = search.on(slot, best);
            if (found.isPresent()) {
                int worse = best.isEmpty() ? -1 : found.get().compareHarm(best.get());
                if (worse < 0) {
                    best = found;
                    equals.clear();
                }
                if (worse <= 0) {
                    equals.set(state.order().rank(slot));
                }
            }
        }
        return equals.cardinality() > 1
                ? search.on(state.order().slot(ties.among(equals, state.nodes())), Optional.empty())
                : best;
    }

    private String explain(VictimSearch search, Rejections rejections) {
        List<List<String>> reasons = new ArrayList<>();
        BitSet present = state.present();
        for (int slot = present.nextSetBit(0); slot >= 0; slot = present.nextSetBit(slot + 1)) {
            boolean resolvable = rejections.of(slot).map(Verdict::resolvable).orElse(false);
            reasons.add(resolvable ? search.whyNot(slot) : List.of(NOT_HELPFUL));
        }
        return FitMessage.perNode(reasons);
    }
}
