package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.CSIPersistentVolumeSource;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A persistent volume.
 *
 * @param available whether it may be bound
 * @param leaving   whether it is being deleted
 * @param holder    the claim that it belongs to
 * @param nodes     the nodes that reach it, those of any term; empty: all do
 * @param csi       as its driver knows it
 */
public record VolumeFacts(String name, SortedMap<String, String> labels, String storageClass, long bytes,
        Set<String> accessModes, boolean block, boolean available, boolean leaving, Optional<Holder> holder,
        Optional<List<NodeSelectorTerm>> nodes, Optional<CsiVolume> csi) implements StorageFacts {
    public VolumeFacts {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        accessModes = Set.copyOf(accessModes);
    }

    /** @param uid "" when any claim of that name will do */
    public record Holder(ObjectKey claim, String uid) {
        /** Whether it is this claim. */
        public boolean is(ClaimFacts other) {
            return claim.equals(other.key()) && (uid.isEmpty() || uid.equals(other.uid()));
        }
    }

    public static VolumeFacts of(PersistentVolume volume) {
        ObjectMeta meta = volume.getMetadata();
        PersistentVolumeSpec spec = volume.getSpec();
        return new VolumeFacts(meta.getName(), new TreeMap<>(meta.getLabelsMap()),
                StorageFacts.storageClass(meta, spec.getStorageClassName()),
                Quantities.value(spec.getCapacityOrDefault("storage", Quantity.getDefaultInstance())),
                Set.copyOf(spec.getAccessModesList()), spec.getVolumeMode().equals("Block"),
                volume.getStatus().getPhase().equals("Available"), meta.hasDeletionTimestamp(),
                spec.hasClaimRef() ? Optional.of(holder(spec.getClaimRef())) : Optional.empty(),
                spec.getNodeAffinity().hasRequired()
                        ? Optional.of(spec.getNodeAffinity().getRequired().getNodeSelectorTermsList())
                        : Optional.empty(),
                csi(spec));
    }

    private static Holder holder(ObjectReference claim) {
        return new Holder(new ObjectKey(claim.getNamespace(), claim.getName()), claim.getUid());
    }

    private static Optional<CsiVolume> csi(PersistentVolumeSpec spec) {
        CSIPersistentVolumeSource csi = spec.getPersistentVolumeSource().getCsi();
        return csi.getDriver().isEmpty() || csi.getVolumeHandle().isEmpty()
                ? Optional.empty()
                : Optional.of(new CsiVolume(csi.getDriver(), csi.getVolumeHandle()));
    }
}
