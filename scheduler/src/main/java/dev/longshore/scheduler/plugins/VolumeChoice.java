package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which existing volume a claim would get on each node: the smallest that fits, can be reached from there and is not
 * needed for an earlier claim of the same pod.
 */
final class VolumeChoice {
    private final ClaimFacts claim;
    private final VolumeFacts[] bySlot;
    private final BitSet open;

    private VolumeChoice(ClaimFacts claim, BitSet nodes, int slots) {
        this.claim = claim;
        this.bySlot = new VolumeFacts[slots];
        this.open = (BitSet) nodes.clone();
    }

    /** @param earlier the choices for claims that go first */
    static VolumeChoice of(ClaimFacts claim, BitSet nodes, List<VolumeChoice> earlier, ClusterState state) {
        VolumeChoice choice = new VolumeChoice(claim, nodes, state.present().length());
        for (VolumeFacts volume : state.volumes().offers(claim)) {
            if (choice.open.isEmpty()) {
                break;
            }
            BitSet served = NodeReach.of(volume, state);
            served.and(choice.open);
            earlier.forEach(other -> other.withholds(volume, served));
            choice.take(volume, served);
        }
        return choice;
    }

    private void withholds(VolumeFacts volume, BitSet from) {
        for (int slot = from.nextSetBit(0); slot >= 0; slot = from.nextSetBit(slot + 1)) {
            if (volume.equals(bySlot[slot])) {
                from.clear(slot);
            }
        }
    }

    private void take(VolumeFacts volume, BitSet served) {
        for (int slot = served.nextSetBit(0); slot >= 0; slot = served.nextSetBit(slot + 1)) {
            bySlot[slot] = volume;
        }
        open.andNot(served);
    }

    ClaimFacts claim() {
        return claim;
    }

    /** The nodes where no volume is left for the claim. */
    BitSet open() {
        return open;
    }

    Optional<VolumeFacts> on(int slot) {
        return Optional.ofNullable(bySlot[slot]);
    }
}
