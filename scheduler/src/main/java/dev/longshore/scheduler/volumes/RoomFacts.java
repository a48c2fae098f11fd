package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.storage.v1.CSIStorageCapacity;
import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.api.values.Quantities;

/**
 * For how much a driver has room somewhere (Kubernetes API, CSIStorageCapacity).
 *
 * @param largestBytes the largest volume that can be made; -1: not known, so none
 * @param nodes        labels of the nodes that reach it
 */
public record RoomFacts(ObjectKey key, String storageClass, long largestBytes, Selector nodes)
        implements
            StorageFacts {
    public static RoomFacts of(CSIStorageCapacity room) {
        long largest = -1;
        if (room.hasMaximumVolumeSize()) {
            largest = Quantities.value(room.getMaximumVolumeSize());
        } else if (room.hasCapacity()) {
            largest = Quantities.value(room.getCapacity());
        }
        return new RoomFacts(new ObjectKey(room.getMetadata().getNamespace(), room.getMetadata().getName()),
                room.getStorageClassName(), largest,
                room.hasNodeTopology() ? StorageFacts.selector(room.getNodeTopology()) : Selector.NOTHING);
    }
}
