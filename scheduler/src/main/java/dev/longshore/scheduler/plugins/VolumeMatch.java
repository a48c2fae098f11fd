package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.PodClaim;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import dev.longshore.scheduler.volumes.VolumePlan;
import dev.longshore.scheduler.volumes.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the claims of one pod could all have their volumes, asked about many nodes at once (Kubernetes scheduler 1.32,
 * VolumeBinding). Claims that wait for the pod's node get existing volumes, the claim that asks for least first; for
 * those that get none a volume must be made.
 */
final class VolumeMatch {
    private static final String OUT_OF_REACH = "node(s) had volume node affinity conflict";
    private static final String NO_VOLUME = "node(s) didn't find available persistent volumes to bind";
    private static final String NO_ROOM = "node(s) did not have enough free storage";
    private static final String GONE = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";

    private final ClusterState state;
    private final VolumeState volumes;
    private final BitSet nodes;
    private final BitSet outOfReach = new BitSet();
    private final BitSet gone = new BitSet();
    private final BitSet withoutVolume = new BitSet();
    private final BitSet withoutRoom = new BitSet();
    private final List<VolumeChoice> choices = new ArrayList<>();
    private final List<ClaimFacts> selected = new ArrayList<>();

    private VolumeMatch(ClusterState state, BitSet nodes) {
        this.state = state;
        this.volumes = state.volumes();
        this.nodes = nodes;
    }

    /** Looks at these nodes for a pod that is not refused as such. The bitset is not changed. */
    static VolumeMatch of(PodRequirements pod, ClusterState state, BitSet nodes) {
        VolumeMatch match = new VolumeMatch(state, nodes);
        List<ClaimFacts> waiting = new ArrayList<>();
        List<ClaimFacts> bound = new ArrayList<>();
        for (PodClaim each : pod.volumes().claims()) {
            state.volumes().claim(each.key()).ifPresent(claim -> (claim.bound() ? bound : waiting).add(claim));
        }
        match.checkBound(bound);
        match.findVolumes(waiting);
        return match;
    }

    private void checkBound(List<ClaimFacts> bound) {
        BitSet fine = (BitSet) nodes.clone();
        for (ClaimFacts claim : bound) {
            Optional<VolumeFacts> volume = volumes.volume(claim.volume());
            if (volume.isEmpty()) {
                gone.or(fine);
                return;
            }
            BitSet beyond = (BitSet) fine.clone();
            beyond.andNot(NodeReach.of(volume.get(), state));
            outOfReach.or(beyond);
            fine.andNot(beyond);
        }
    }

    private void findVolumes(List<ClaimFacts> waiting) {
        BitSet wanted = (BitSet) nodes.clone();
        List<ClaimFacts> open = new ArrayList<>();
        for (ClaimFacts claim : waiting) {
            String node = volumes.selectedNode(claim);
            if (node.isEmpty()) {
                open.add(claim);
            } else {
                selected.add(claim);
                only(node, wanted);
            }
        }
        withoutVolume.or(nodes);
        withoutVolume.andNot(wanted);
        open.sort(Comparator.comparingLong(claim -> claim.wish().bytes()));
        open.forEach(claim -> choices.add(VolumeChoice.of(claim, wanted, choices, state)));
        selected.forEach(claim -> provision(claim, wanted, wanted));
        choices.forEach(choice -> provision(choice.claim(), choice.open(), wanted));
    }

    private void only(String node, BitSet among) {
        int slot = state.slot(node);
        boolean wanted = slot >= 0 && among.get(slot);
        among.clear();
        if (wanted) {
            among.set(slot);
        }
    }

    /** Takes out of {@code left} those of the nodes for which no volume can be made for the claim. */
    private void provision(ClaimFacts claim, BitSet needing, BitSet left) {
        BitSet asked = (BitSet) needing.clone();
        asked.and(left);
        if (asked.isEmpty()) {
            return;
        }
        Optional<ClassFacts> storageClass = volumes.storageClass(claim.wish().storageClass())
                .filter(ClassFacts::provisions);
        BitSet unserved = (BitSet) asked.clone();
        storageClass.ifPresent(facts -> unserved.andNot(NodeReach.of(facts, state)));
        withoutVolume.or(unserved);
        asked.andNot(unserved);
        BitSet cramped = storageClass.map(facts -> cramped(claim, facts, asked)).orElseGet(BitSet::new);
        withoutRoom.or(cramped);
        left.andNot(unserved);
        left.andNot(cramped);
    }

    /** Those of the nodes that reach no place with room for the claim. */
    private BitSet cramped(ClaimFacts claim, ClassFacts storageClass, BitSet asked) {
        BitSet cramped = new BitSet();
        if (claim.wish().bytes() > 0 && volumes.tellsRoom(storageClass.provisioner())) {
            cramped.or(asked);
            for (RoomFacts room : volumes.rooms(storageClass.name(), claim.wish().bytes())) {
                cramped.andNot(NodeReach.of(room, state));
            }
        }
        return cramped;
    }

    /** The nodes that will not do; a new bitset. */
    BitSet unfit() {
        BitSet unfit = (BitSet) outOfReach.clone();
        unfit.or(gone);
        unfit.or(withoutVolume);
        unfit.or(withoutRoom);
        return unfit;
    }

    /** What is wrong with a node; empty for one that is fit. */
    List<String> reasons(int slot) {
        List<String> reasons = new ArrayList<>();
        addIf(outOfReach.get(slot), OUT_OF_REACH, reasons);
        addIf(withoutVolume.get(slot), NO_VOLUME, reasons);
        addIf(withoutRoom.get(slot), NO_ROOM, reasons);
        addIf(gone.get(slot), GONE, reasons);
        return reasons;
    }

    private static void addIf(boolean holds, String reason, List<String> reasons) {
        if (holds) {
            reasons.add(reason);
        }
    }

    /** What is to be done for the pod on a node that is fit. */
    VolumePlan plan(int slot) {
        List<VolumePlan.Pairing> pairings = new ArrayList<>();
        List<VolumePlan.Provision> provisions = new ArrayList<>();
        selected.forEach(claim -> provisions.add(new VolumePlan.Provision(claim.key(), claim.uid())));
        for (VolumeChoice choice : choices) {
            ClaimFacts claim = choice.claim();
            choice.on(slot).ifPresentOrElse(
                    volume -> pairings.add(new VolumePlan.Pairing(claim.key(), claim.uid(), volume.name())),
                    () -> provisions.add(new VolumePlan.Provision(claim.key(), claim.uid())));
        }
        return new VolumePlan(state.facts(slot).name(), pairings, provisions);
    }
}
