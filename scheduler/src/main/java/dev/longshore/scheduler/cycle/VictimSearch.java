package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.FreedRoom;
import dev.longshore.scheduler.state.PlacedPod;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which pods of a node have to leave it for one that waits: all of lower priority are taken away in thought,
 * and those that fit beside the newcomer come back, first the ones that disruption budgets protect, then the most
 * important ones (Kubernetes scheduler 1.32).
 *
 * <p>Most nodes need no closer look: where even all of that room is too little, or where more important pods would have
 * to go than from a node found before. Where only room matters, the rest is counting.
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
    private final RoomCount room;
    private final boolean onlyRoomMatters;
    private final BitSet suitable;

    VictimSearch(PodInfo pod, Evaluation evaluation, ClusterState state, Nominations nominations) {
        this.pod = pod;
        this.evaluation = evaluation;
        this.state = state;
        this.nominations = nominations;
        this.budgets = new BudgetBook(state.budgets());
        this.room = new RoomCount(evaluation.pod().requests(), state.resources(), freed);
        this.onlyRoomMatters = evaluation.onlyRoomMatters();
        this.suitable = (BitSet) state.present().clone();
        evaluation.filterByNodes(suitable);
    }

    /**
     * The victims on the node.
     *
     * @param best what a node must not exceed in harm to be worth a closer look
     * @return empty: the pod would not fit there without them either, or the harm is greater
     */
    Optional<Victims> on(int slot, Optional<Victims> best) {
        if (!suitable.get(slot)) {
            return Optional.empty();
        }
        collectLower(slot);
        if (lower.isEmpty() || !room.at(slot).fits()) {
            return Optional.empty();
        }
        lower.sort(Victims.BY_IMPORTANCE);
        if (best.isPresent() && best.get().violations() == 0 && leastHighest() > best.get().highestPriority()) {
            return Optional.empty();
        }
        List<PodInfo> claims = claims(slot);
        return onlyRoomMatters && claims.isEmpty() ? choose(slot, room) : tryOut(slot, claims);
    }

    /** Why the pod would not fit on the node if all pods of lower priority were gone. */
    List<String> whyNot(int slot) {
        collectLower(slot);
        if (lower.isEmpty()) {
            return List.of(NO_VICTIMS);
        }
        try (Trial trial = new Trial(evaluation, state, slot, claims(slot))) {
            lower.forEach(trial::remove);
            return trial.verdict().map(Verdict::reasons).orElse(List.of(NO_VICTIMS));
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

    /** The least priority that the most important victim can have: those below it do not free enough. */
    private int leastHighest() {
        int first = 0;
        while (first < lower.size()) {
            room.add(lower.get(first));
            if (!room.fits()) {
                break;
            }
            first++;
        }
        for (int i = Math.min(first, lower.size() - 1); i >= 0; i--) {
            room.remove(lower.get(i));
        }
        return lower.get(Math.min(first, lower.size() - 1)).priority();
    }

    private List<PodInfo> claims(int slot) {
        return nominations.isEmpty() ? List.of() : nominations.against(pod, state.facts(slot).name());
    }

    private Optional<Victims> tryOut(int slot, List<PodInfo> claims) {
        try (Trial trial = new Trial(evaluation, state, slot, claims)) {
            lower.forEach(trial::remove);
            return trial.fits() ? choose(slot, trial) : Optional.empty();
        }
    }

    private Optional<Victims> choose(int slot, Supposition node) {
        List<PodInfo> kept = budgets.protectedAmong(lower);
        List<PodInfo> victims = new ArrayList<>();
        kept.forEach(each -> reprieve(each, node, victims));
        int violations = victims.size();
        for (PodInfo each : lower) {
            if (kept.isEmpty() || !kept.contains(each)) {
                reprieve(each, node, victims);
            }
        }
        if (!kept.isEmpty()) {
            victims.sort(Victims.BY_IMPORTANCE);
        }
        return victims.isEmpty() ? Optional.empty() : Optional.of(new Victims(slot, victims, violations));
    }

    private static void reprieve(PodInfo candidate, Supposition node, List<PodInfo> victims) {
        node.add(candidate);
        if (!node.fits()) {
            node.remove(candidate);
            victims.add(candidate);
        }
    }
}
