package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.PodClaim;
import dev.longshore.scheduler.volumes.PodVolumes;
import dev.longshore.scheduler.volumes.VolumeWish;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/**
 * Disks that cannot be shared go to one pod of a node, and a claim with access mode ReadWriteOncePod to one pod of all
 * (Kubernetes scheduler 1.32).
 */
final class VolumeRestrictions implements FilterRule, PodRule {
    private static final String NAME = "VolumeRestrictions";
    private static final Verdict DISK_TAKEN = Verdict.resolvable(NAME, "node(s) had no available disk");
    private static final Verdict CLAIM_TAKEN = Verdict.resolvable(NAME,
            "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.ROOM_FREED, ClusterChange.CLAIM);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        PodVolumes volumes = refused.requirements().volumes();
        if (event.storage().isPresent()) {
            return event.storage().get() instanceof ClaimFacts claim && volumes.uses(claim.key());
        }
        return event.pods().isEmpty()
                || event.pods().stream().anyMatch(pod -> volumes.competesWith(pod.requirements().volumes()));
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.volumes().isEmpty();
    }

    @Override
    public boolean dependsOnPods() {
        return true;
    }

    @Override
    public Optional<Verdict> refuse(PodRequirements pod, ClusterState state) {
        if (pod.volumes().claims().isEmpty()) {
            return Optional.empty();
        }
        return pod.volumes().claims().stream()
                .filter(claim -> !claim.ephemeral() && state.volumes().claim(claim.key()).isEmpty()).findFirst()
                .map(claim -> Verdict.unresolvable(NAME, notFound(claim.key().name())));
    }

    static String notFound(String claim) {
        return "persistentvolumeclaim \"" + claim + "\" not found";
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        Optional<Verdict> refused = refuse(pod, state);
        if (refused.isPresent()) {
            rejections.remove(candidates, state.present(), refused.get());
            return;
        }
        BitSet taken = new BitSet();
        state.volumeUse().conflicts(pod.volumes().disks(), taken);
        rejections.remove(candidates, taken, DISK_TAKEN);
        if (pod.volumes().claims().stream().anyMatch(claim -> claimTaken(claim, state))) {
            rejections.remove(candidates, state.present(), CLAIM_TAKEN);
        }
    }

    private static boolean claimTaken(PodClaim claim, ClusterState state) {
        return !claim.ephemeral() && state.volumeUse().inUse(claim.key()) && state.volumes().claim(claim.key())
                .map(ClaimFacts::wish).filter(wish -> wish.accessModes().contains(VolumeWish.ONE_POD)).isPresent();
    }
}
