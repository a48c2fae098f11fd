package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodePods;
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
    private final RoomCount room;
    private final boolean roomMatters;
    private final boolean onlyRoomMatters;
    private final BitSet suitable;
    private final BitSet claimed = new BitSet();
    private final Optional<VictimTable> table;

    VictimSearch(PodInfo pod, Evaluation evaluation, ClusterState state, Nominations nominations,
            VictimTable.Cache tables) {
        this.pod = pod;
        this.evaluation = evaluation;
        this.state = state;
        this.nominations = nominations;
        this.budgets = new BudgetBook(state.budgets());
        this.room = new RoomCount(evaluation.pod().requests(), state.resources());
        this.roomMatters = evaluation.roomMatters();
        this.onlyRoomMatters = evaluation.onlyRoomMatters();
        this.suitable = (BitSet) state.present().clone();
        evaluation.filterByNodes(suitable);
        nominations.nodes().stream().mapToInt(state::slot).filter(slot -> slot >= 0).forEach(claimed::set);
        this.table = onlyRoomMatters
                ? Optional.of(tables.of(pod, state))
                : Optional.empty();
    }

    /**
     * The victims on the node.
     *
     * @param best what a node must not exceed in harm to be worth a closer look
     * @return empty: the pod would not fit there without them either, or the harm is greater
     */
    Optional<Victims> on(int slot, Optional<Victims> best) {
        return table.isPresent() && !claimed.get(slot)
                ? table.get().on(slot, state.pods(slot), node -> search(node, Optional.empty()))
                : search(slot, best);
    }

    private Optional<Victims> search(int slot, Optional<Victims> best) {
        NodePods pods = state.pods(slot);
        int first = pods.firstBelow(pod.priority());
        if (first == pods.count() || !suitable.get(slot)) {
            return Optional.empty();
        }
        room.begin(slot, pods, first);
        if (roomMatters && (!room.fits() || exceeds(best, pods, first))) {
            return Optional.empty();
        }
        List<PodInfo> claims = claims(slot);
        if (!onlyRoomMatters || !claims.stream().allMatch(VictimSearch::wishesNothing)) {
            return tryOut(slot, pods, first, claims);
        }
        room.begin(slot, pods, first);
        room.take(claims);
        return room.fits() ? choose(slot, pods, first, room) : Optional.empty();
    }

    /** Why the pod would not fit on the node if all pods of lower priority were gone. */
    List<String> whyNot(int slot) {
        NodePods pods = state.pods(slot);
        int first = pods.firstBelow(pod.priority());
        if (first == pods.count()) {
            return List.of(NO_VICTIMS);
        }
        try (Trial trial = new Trial(evaluation, state, slot, claims(slot))) {
            removeFrom(first, pods, trial);
            return trial.verdict().map(Verdict::reasons).orElse(List.of(NO_VICTIMS));
        }
    }

    /**
     * Whether the harm is greater for sure: a pod must go that is more important than the most important one there. The
     * first that does not fit beside the more important ones, with all others gone, has to go itself or for one of
     * them.
     */
    private boolean exceeds(Optional<Victims> best, NodePods pods, int first) {
        if (best.isEmpty() || best.get().violations() > 0) {
            return false;
        }
        int highest = best.get().highestPriority();
        for (int i = first; i < pods.count() && pods.priority(i) > highest; i++) {
            room.restore(i);
            if (!room.fits()) {
                return true;
            }
        }
        return false;
    }

    private List<PodInfo> claims(int slot) {
        return claimed.get(slot) ? nominations.against(pod, state.facts(slot).name()) : List.of();
    }

    private static boolean wishesNothing(PodInfo claim) {
        return claim.requirements().traits().terms().isEmpty();
    }

    private Optional<Victims> tryOut(int slot, NodePods pods, int first, List<PodInfo> claims) {
        try (Trial trial = new Trial(evaluation, state, slot, claims)) {
            removeFrom(first, pods, trial);
            return trial.fits() ? choose(slot, pods, first, trial) : Optional.empty();
        }
    }

    private static void removeFrom(int first, NodePods pods, Trial trial) {
        for (int i = first; i < pods.count(); i++) {
            trial.remove(i);
        }
    }

    private Optional<Victims> choose(int slot, NodePods pods, int first, Supposition node) {
        BitSet kept = budgets.protectedFrom(first, pods);
        BitSet victims = new BitSet(pods.count());
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            reprieve(i, node, victims);
        }
        int violations = victims.cardinality();
        for (int i = kept.nextClearBit(first); i < pods.count(); i = kept.nextClearBit(i + 1)) {
            reprieve(i, node, victims);
        }
        List<PodInfo> chosen = new ArrayList<>(victims.cardinality());
        for (int i = victims.nextSetBit(0); i >= 0; i = victims.nextSetBit(i + 1)) {
            chosen.add(pods.pod(i));
        }
        return chosen.isEmpty() ? Optional.empty() : Optional.of(Victims.of(slot, chosen, violations));
    }

    private static void reprieve(int number, Supposition node, BitSet victims) {
        node.restore(number);
        if (!node.fits()) {
            node.remove(number);
            victims.set(number);
        }
    }
}
