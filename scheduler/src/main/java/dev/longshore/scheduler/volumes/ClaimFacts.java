package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.PersistentVolumeClaimSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.api.values.Quantities;
import java.util.Set;

/**
 * A persistent volume claim.
 *
 * @param controller   uid of the object that made it for itself; "" for none
 * @param volume       the volume that it names; "" for none yet
 * @param completed    whether both sides of its binding have been written
 * @param lost         whether its volume is gone
 * @param leaving      whether it is being deleted
 * @param selectedNode where its volume is to be made; "" while that is open
 */
public record ClaimFacts(ObjectKey key, String uid, String controller, String volume, boolean completed, boolean lost,
        boolean leaving, String selectedNode, VolumeWish wish) implements StorageFacts {
    /** Set by who binds claims once claim and volume name each other (Kubernetes API). */
    public static final String COMPLETED_ANNOTATION = "pv.kubernetes.io/bind-completed";
    /** Tells who makes volumes for which node to make one (Kubernetes API). */
    public static final String NODE_ANNOTATION = "volume.kubernetes.io/selected-node";

    public static ClaimFacts of(PersistentVolumeClaim claim) {
        ObjectMeta meta = claim.getMetadata();
        PersistentVolumeClaimSpec spec = claim.getSpec();
        Selector labels = spec.hasSelector() ? StorageFacts.selector(spec.getSelector()) : Selector.EVERYTHING;
        VolumeWish wish = new VolumeWish(StorageFacts.storageClass(meta, spec.getStorageClassName()),
                Quantities.value(spec.getResources().getRequestsOrDefault("storage", Quantity.getDefaultInstance())),
                Set.copyOf(spec.getAccessModesList()), spec.getVolumeMode().equals("Block"), labels);
        return new ClaimFacts(new ObjectKey(meta.getNamespace(), meta.getName()), meta.getUid(), controller(meta),
                spec.getVolumeName(), meta.containsAnnotations(COMPLETED_ANNOTATION),
                claim.getStatus().getPhase().equals("Lost"), meta.hasDeletionTimestamp(),
                meta.getAnnotationsOrDefault(NODE_ANNOTATION, ""), wish);
    }

    private static String controller(ObjectMeta meta) {
        return meta.getOwnerReferencesList().stream().filter(OwnerReference::getController).findFirst()
                .map(OwnerReference::getUid).orElse("");
    }

    /** Whether a pod may use it. */
    public boolean bound() {
        return completed && !volume.isEmpty();
    }
}
