package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the rules ask about a node. Two versions of a node with equal facts are one to the scheduler, so heartbeats
 * cost it nothing.
 *
 * @param allocatable   what pods may take
 * @param images        sizes in bytes by normalised name
 */
public record NodeFacts(String name, SortedMap<String, String> labels, List<NodeTaint> taints, boolean unschedulable,
        Amounts allocatable, SortedMap<String, Long> images) {
    public static NodeFacts of(Node node) {
        SortedMap<String, Long> images = new TreeMap<>();
        node.getStatus().getImagesList().forEach(image -> image.getNamesList()
                .forEach(name -> images.put(ImageIndex.normalised(name), image.getSizeBytes())));
        List<NodeTaint> taints = new ArrayList<>();
        for (Taint taint : node.getSpec().getTaintsList()) {
            taints.add(new NodeTaint(taint.getKey(), taint.getValue(), taint.getEffect()));
        }
        return new NodeFacts(node.getMetadata().getName(), new TreeMap<>(node.getMetadata().getLabelsMap()),
                List.copyOf(taints), node.getSpec().getUnschedulable(),
                Amounts.of(allocatable(node)), images);
    }

    private static Map<String, Quantity> allocatable(Node node) {
        return node.getStatus().getAllocatableCount() > 0
                ? node.getStatus().getAllocatableMap()
                : node.getStatus().getCapacityMap();
    }
}
