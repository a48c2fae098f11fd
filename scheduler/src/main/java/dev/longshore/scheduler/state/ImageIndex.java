package dev.longshore.scheduler.state;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which nodes hold an image. Its size is the one that the first node named, for all nodes (Kubernetes scheduler 1.32,
 * ImageLocality).
 */
public final class ImageIndex {
    private final Map<String, Image> images = new HashMap<>();

    /** An image and the slots of the nodes that hold it. Do not modify the bitset. */
    public record Image(long sizeBytes, BitSet nodes) {}

    void add(int slot, SortedMap<String, Long> held) {
        held.forEach((name, size) -> images.computeIfAbsent(name, _ -> new Image(size, new BitSet())).nodes.set(slot));
    }

    void remove(int slot, SortedMap<String, Long> held) {
        held.keySet().forEach(name -> images.computeIfPresent(name, (_, image) -> {
            image.nodes.clear(slot);
            return image.nodes.isEmpty() ? null : image;
        }));
    }

    public Optional<Image> find(String normalisedName) {
        return Optional.ofNullable(images.get(normalisedName));
    }

    /** {@code :latest} is added to a name without tag and digest; nothing else is assumed. */
    public static String normalised(String name) {
        return name.lastIndexOf(':') <= name.lastIndexOf('/') ? name + ":latest" : name;
    }
}
