package dev.longshore.scheduler.plugins;

import dev.longshore.api.ObjectKey;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.PodClaim;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/**
 * A pod goes only where all its claims have volumes or can get them. Claims of classes that do not wait for a consumer
 * must be bound before.
 */
public final class VolumeBinding implements FilterRule, PodRule {
    private static final String NAME = "VolumeBinding";
    private static final Verdict UNEXPLAINED = Verdict.unresolvable(NAME, "volumes");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.CLAIM, ClusterChange.VOLUME,
                ClusterChange.STORAGE_CLASS, ClusterChange.STORAGE_DRIVER, ClusterChange.STORAGE_ROOM);
    }

    /** Only what happens to its own claims may change that it is refused altogether, or for what. */
    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        if (event.storage().isPresent() && event.storage().get() instanceof ClaimFacts claim) {
            return refused.requirements().volumes().uses(claim.key());
        }
        return event.change() == ClusterChange.STORAGE_CLASS || refuse(refused.requirements(), state).isEmpty();
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.volumes().claims().isEmpty();
    }

    @Override
    public Optional<Verdict> refuse(PodRequirements pod, ClusterState state) {
        if (pod.volumes().claims().isEmpty()) {
            return Optional.empty();
        }
        for (PodClaim claim : pod.volumes().claims()) {
            String problem = problem(claim, state);
            if (!problem.isEmpty()) {
                return Optional.of(Verdict.unresolvable(NAME, problem));
            }
        }
        boolean unbound = pod.volumes().claims().stream().flatMap(each -> state.volumes().claim(each.key()).stream())
                .anyMatch(claim -> !claim.bound() && !state.volumes().waits(claim));
        return unbound
                ? Optional.of(Verdict.unresolvable(NAME, "pod has unbound immediate PersistentVolumeClaims"))
                : Optional.empty();
    }

    private static String problem(PodClaim wanted, ClusterState state) {
        ObjectKey key = wanted.key();
        Optional<ClaimFacts> found = state.volumes().claim(key);
        if (found.isEmpty()) {
            return wanted.ephemeral()
                    ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + key.name()
                            + "\""
                    : VolumeRestrictions.notFound(key.name());
        }
        ClaimFacts claim = found.get();
        if (claim.lost()) {
            return "persistentvolumeclaim \"" + key.name() + "\" bound to non-existent persistentvolume \""
                    + claim.volume() + "\"";
        }
        if (claim.leaving()) {
            return "persistentvolumeclaim \"" + key.name() + "\" is being deleted";
        }
        if (wanted.ephemeral() && !claim.controller().equals(wanted.owner().uid())) {
            return "PVC " + key + " was not created for pod " + key.namespace() + "/" + wanted.owner().name()
                    + " (pod is not owner)";
        }
        return "";
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        Optional<Verdict> refused = refuse(pod, state);
        if (refused.isPresent()) {
            rejections.remove(candidates, state.present(), refused.get());
            return;
        }
        VolumeMatch match = VolumeMatch.of(pod, state, candidates);
        BitSet unfit = match.unfit();
        for (int slot = unfit.nextSetBit(0); slot >= 0; slot = unfit.nextSetBit(slot + 1)) {
            rejections.reject(candidates, slot,
                    rejections.isRecording() ? new Verdict(NAME, match.reasons(slot), false) : UNEXPLAINED);
        }
    }

    /** How the claims get their volumes when the pod goes to the node in this slot, on which it fits. */
    public static VolumePlan plan(PodRequirements pod, ClusterState state, int slot) {
        if (pod.volumes().claims().isEmpty()) {
            return VolumePlan.none(state.facts(slot).name());
        }
        BitSet node = new BitSet();
        node.set(slot);
        return VolumeMatch.of(pod, state, node).plan(slot);
    }
}
