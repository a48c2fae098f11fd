package dev.longshore.scheduler.volumes;

import dev.longshore.api.values.LabelSelectors.Selector;
import java.util.Set;

/**
 * What a claim asks of a volume.
 *
 * @param storageClass "" for volumes without one
 * @param bytes        at least; 0 when the claim does not say
 * @param accessModes  all of them
 * @param block        a device instead of a file system
 * @param labels       of the volume
 */
public record VolumeWish(String storageClass, long bytes, Set<String> accessModes, boolean block, Selector labels) {
    /** The access mode of a claim that one pod at a time may use. */
    public static final String ONE_POD = "ReadWriteOncePod";

    public VolumeWish {
        accessModes = Set.copyOf(accessModes);
    }

    /** Whether the volume could serve, whoever has it. */
    boolean sizeAndKindFit(VolumeFacts volume) {
        return volume.bytes() >= bytes && volume.block() == block && !volume.leaving();
    }

    /** Whether the volume is one of those to choose from. */
    boolean chooses(VolumeFacts volume) {
        return volume.available() && labels.matches(volume.labels()) && volume.accessModes().containsAll(accessModes);
    }
}
