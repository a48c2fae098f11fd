package dev.longshore.scheduler.plugins;

import dev.longshore.api.ObjectKey;
import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.volumes.AttachmentFacts;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.CsiVolume;
import dev.longshore.scheduler.volumes.PodClaim;
import dev.longshore.scheduler.volumes.VolumeState;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A node takes no more volumes of a storage driver than the driver says it can. A volume that is there already costs
 * nothing, and one that several pods use counts once; so does one that is still attached after its pods have gone
 * (Kubernetes scheduler 1.32). Of pods only volumes of claims count.
 */
final class NodeVolumeLimits implements FilterRule {
    private static final Verdict TOO_MANY = Verdict.resolvable("NodeVolumeLimits",
            "node(s) exceed max volume count");

    @Override
    public String name() {
        return "NodeVolumeLimits";
    }

    @Override
    public Set<ClusterChange> helpedBy() {
        return Set.of(ClusterChange.NODE_ADDED, ClusterChange.ROOM_FREED, ClusterChange.NODE_DRIVERS,
                ClusterChange.ATTACHMENT, ClusterChange.CLAIM, ClusterChange.VOLUME);
    }

    @Override
    public boolean mayHelp(Refusal refused, ClusterEvent event, ClusterState state) {
        if (event.storage().isPresent() && event.storage().get() instanceof ClaimFacts claim) {
            return refused.requirements().volumes().uses(claim.key());
        }
        return event.pods().isEmpty()
                || event.pods().stream().anyMatch(pod -> !pod.requirements().volumes().claims().isEmpty());
    }

    @Override
    public boolean mayRefuse(PodRequirements pod) {
        return !pod.volumes().claims().isEmpty();
    }

    @Override
    public boolean dependsOnPods() {
        return true;
    }

    @Override
    public void filter(PodRequirements pod, ClusterState state, BitSet candidates, Rejections rejections) {
        if (!state.volumes().knowsLimits()) {
            return;
        }
        Map<String, Set<CsiVolume>> wanted = byDriver(pod.volumes().claims().stream().map(PodClaim::key).toList(),
                state.volumes());
        for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
            if (exceeds(wanted, slot, state)) {
                rejections.reject(candidates, slot, TOO_MANY);
            }
        }
    }

    private static boolean exceeds(Map<String, Set<CsiVolume>> wanted, int slot, ClusterState state) {
        Map<String, Integer> limits = state.volumes().limits(state.facts(slot).name());
        for (var volumes : wanted.entrySet()) {
            Integer limit = limits.get(volumes.getKey());
            if (limit != null && exceeds(volumes.getValue(), limit, slot, state)) {
                return true;
            }
        }
        return false;
    }

    private static boolean exceeds(Set<CsiVolume> wanted, int limit, int slot, ClusterState state) {
        Set<ObjectKey> claims = state.volumeUse().claims(slot);
        Collection<AttachmentFacts> attached = state.volumes().attachments(state.facts(slot).name());
        if (claims.size() + attached.size() + wanted.size() <= limit) {
            // Each of them is one volume at most, so they need not be looked at.
            return false;
        }
        String driver = wanted.iterator().next().driver();
        Set<CsiVolume> there = new HashSet<>(byDriver(claims, state.volumes()).getOrDefault(driver, Set.of()));
        attached.stream().flatMap(each -> state.volumes().csiVolume(each).stream())
                .filter(volume -> volume.driver().equals(driver)).forEach(there::add);
        Set<CsiVolume> added = new HashSet<>(wanted);
        added.removeAll(there);
        return !added.isEmpty() && there.size() + added.size() > limit;
    }

    private static Map<String, Set<CsiVolume>> byDriver(Collection<ObjectKey> claims, VolumeState volumes) {
        return claims.stream().flatMap(key -> volumes.claim(key).stream())
                .flatMap(claim -> volumes.csiVolume(claim).stream())
                .collect(Collectors.groupingBy(CsiVolume::driver, TreeMap::new, Collectors.toSet()));
    }
}
