package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a pod asks of volumes, as far as a node may lack it.
 *
 * @param claims in the order of the pod's volumes, each once
 */
public record PodVolumes(List<PodClaim> claims, List<Disk> disks) {
    public static final PodVolumes NONE = new PodVolumes(List.of(), List.of());

    public PodVolumes {
        claims = List.copyOf(claims);
        disks = List.copyOf(disks);
    }

    public static PodVolumes of(Pod pod) {
        Set<PodClaim> claims = new LinkedHashSet<>();
        List<Disk> disks = new ArrayList<>();
        ObjectMeta meta = pod.getMetadata();
        for (Volume volume : pod.getSpec().getVolumesList()) {
            if (volume.getVolumeSource().hasPersistentVolumeClaim()) {
                String name = volume.getVolumeSource().getPersistentVolumeClaim().getClaimName();
                claims.add(new PodClaim(new ObjectKey(meta.getNamespace(), name), PodClaim.NOBODY));
            } else if (volume.getVolumeSource().hasEphemeral()) {
                // The name that the claim of a generic ephemeral volume gets (Kubernetes API).
                String name = meta.getName() + "-" + volume.getName();
                claims.add(new PodClaim(new ObjectKey(meta.getNamespace(), name),
                        new PodClaim.Owner(meta.getName(), meta.getUid())));
            } else {
                Disk.of(volume.getVolumeSource()).ifPresent(disks::add);
            }
        }
        return claims.isEmpty() && disks.isEmpty() ? NONE : new PodVolumes(List.copyOf(claims), disks);
    }

    public boolean isEmpty() {
        return claims.isEmpty() && disks.isEmpty();
    }

    /** Whether the pods use a claim or disk in common. */
    public boolean competesWith(PodVolumes other) {
        return claims.stream().anyMatch(claim -> other.uses(claim.key()))
                || disks.stream().anyMatch(disk -> other.disks.stream().anyMatch(disk::conflictsWith));
    }

    /** Whether the pod uses the claim of that name. */
    public boolean uses(ObjectKey claim) {
        return claims.stream().anyMatch(each -> each.key().equals(claim));
    }
}
