package dev.longshore.scheduler.volumes;

import dev.longshore.api.ApiException;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.LabelSelectors;
import dev.longshore.api.values.LabelSelectors.Selector;

/** An object about storage, as far as rules ask about it. Two versions with equal facts are one to the scheduler. */
public sealed interface StorageFacts
        permits
        ClaimFacts,
        VolumeFacts,
        ClassFacts,
        AttachmentFacts,
        NodeDriverFacts,
        DriverFacts,
        RoomFacts {
    /** Set on claims and volumes in old manifests; counts before the field (Kubernetes API). */
    String OLD_CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    /** The storage class that a claim or volume is of. */
    static String storageClass(ObjectMeta meta, String field) {
        return meta.getAnnotationsOrDefault(OLD_CLASS_ANNOTATION, field);
    }

    /** What is written there; one that is not valid selects nothing, as nobody is there to be told. */
    static Selector selector(LabelSelector written) {
        try {
            return LabelSelectors.of(written);
        } catch (ApiException _) {
            return Selector.NOTHING;
        }
    }
}
