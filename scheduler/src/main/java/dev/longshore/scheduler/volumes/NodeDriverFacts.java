package dev.longshore.scheduler.volumes;

import dev.longshore.api.storage.v1.CSINode;
import dev.longshore.api.storage.v1.CSINodeDriver;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The storage drivers of a node (Kubernetes API, CSINode).
 *
 * @param limits how many volumes of a driver the node can have; drivers without a limit are not in it
 */
public record NodeDriverFacts(String node, SortedMap<String, Integer> limits) implements StorageFacts {
    public NodeDriverFacts {
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    public static NodeDriverFacts of(CSINode node) {
        SortedMap<String, Integer> limits = new TreeMap<>();
        for (CSINodeDriver driver : node.getSpec().getDriversList()) {
            if (driver.getAllocatable().hasCount()) {
                limits.put(driver.getName(), driver.getAllocatable().getCount());
            }
        }
        return new NodeDriverFacts(node.getMetadata().getName(), limits);
    }
}
