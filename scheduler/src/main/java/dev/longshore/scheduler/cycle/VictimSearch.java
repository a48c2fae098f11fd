package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.FreedRoom;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which pods of a node have to leave it for one that waits: all of lower priority are taken away in thought,
 * and those that fit beside the newcomer come back, first the ones that disruption budgets protect, then the most
 * important ones (Kubernetes scheduler 1.32).
 */
final class VictimSearch {
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    private final PodInfo pod;
    private final Evaluation evaluation;
    private final ClusterState state;
    private final Nominations nominations;
    private final BudgetBook budgets;
    private final List<PodInfo> lower = new ArrayList<>();
    private final FreedRoom freed = new FreedRoom();

    VictimSearch(PodInfo pod, Evaluation evaluation, ClusterState state, Nominations nominations) {
        this.pod = pod;
        this.evaluation = evaluation;
        this.state = state;
        this.nominations = nominations;
        this.budgets = new BudgetBook(state.budgets());
    }

    /**
     * The victims on the node.
     *
     * @param best what a node must not exceed in harm to be worth a closer look
     * @return empty: the pod would not fit there without them either, or the harm is greater
     */
    Optional<Victims> on(int slot, Optional<Victims> best) {
        collectLower(slot);
        if (lower.isEmpty() || !freed.mayDoFor(evaluation.pod().requests(), state.resources(), slot)) {
            return Optional.empty();
        }
        List<PodInfo> claims = claims(slot);
        try (Trial trial = new Trial(evaluation, state, slot)) {
            lower.forEach(trial::remove);
            if (trial.verdict(claims).isPresent()) {
                return Optional.empty();
            }
            return choose(slot, trial, claims);
        }
    }

    /** Why the pod would not fit on the node if all pods of lower priority were gone. */
    List<String> whyNot(int slot) {
        collectLower(slot);
        if (lower.isEmpty()) {
            return List.of(NO_VICTIMS);
        }
        try (Trial trial = new Trial(evaluation, state, slot)) {
            lower.forEach(trial::remove);
            return trial.verdict(claims(slot)).map(Verdict::reasons).orElse(List.of(NO_VICTIMS));
        }
    }

    private void collectLower(int slot) {
        lower.clear();
        freed.clear();
        for (PlacedPod placed : state.podsOf(state.facts(slot).name())) {
            if (placed.pod().priority() < pod.priority()) {
                lower.add(placed.pod());
                freed.add(placed.pod());
            }
        }
    }

    private List<PodInfo> claims(int slot) {
        return nominations.isEmpty() ? List.of() : nominations.against(pod, state.facts(slot).name());
    }

    private Optional<Victims> choose(int slot, Trial trial, List<PodInfo> claims) {
        lower.sort(Victims.BY_IMPORTANCE);
        List<PodInfo> kept = budgets.protectedAmong(lower);
        List<PodInfo> victims = new ArrayList<>();
        kept.forEach(each -> reprieve(each, trial, claims, victims));
        int violations = victims.size();
        for (PodInfo each : lower) {
            if (kept.isEmpty() || !kept.contains(each)) {
                reprieve(each, trial, claims, victims);
            }
        }
        victims.sort(Victims.BY_IMPORTANCE);
        return victims.isEmpty() ? Optional.empty() : Optional.of(new Victims(slot, victims, violations));
    }

    private static void reprieve(PodInfo candidate, Trial trial, List<PodInfo> claims, List<PodInfo> victims) {
        trial.add(candidate);
        if (!trial.fits(claims)) {
            trial.remove(candidate);
            victims.add(candidate);
        }
    }
}
