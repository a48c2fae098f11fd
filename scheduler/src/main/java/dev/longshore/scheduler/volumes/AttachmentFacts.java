package dev.longshore.scheduler.volumes;

import dev.longshore.api.storage.v1.VolumeAttachment;

/**
 * A volume at a node (Kubernetes API, VolumeAttachment), whether or not a pod there uses it.
 *
 * @param volume "" when it is not a persistent volume
 */
public record AttachmentFacts(String name, String driver, String node, String volume) implements StorageFacts {
    public static AttachmentFacts of(VolumeAttachment attachment) {
        return new AttachmentFacts(attachment.getMetadata().getName(), attachment.getSpec().getAttacher(),
                attachment.getSpec().getNodeName(), attachment.getSpec().getSource().getPersistentVolumeName());
    }
}
