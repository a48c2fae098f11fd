package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.values.Quantities;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A node.
 *
 * @param room   by resource; cpu in thousandths
 * @param images names with their tags
 */
record PlainNode(Node node, Map<String, Long> room, Set<String> images) {
    static PlainNode of(Node node) {
        Map<String, Long> room = new TreeMap<>();
        node.getStatus().getAllocatableMap().forEach((resource, amount) -> room.put(resource,
                resource.equals("cpu") ? Quantities.milliValue(amount) : Quantities.value(amount)));
        Set<String> images = new TreeSet<>();
        node.getStatus().getImagesList()
                .forEach(image -> image.getNamesList().forEach(name -> images.add(PlainCluster.withTag(name))));
        return new PlainNode(node, room, images);
    }

    String name() {
        return node.getMetadata().getName();
    }

    Map<String, String> labels() {
        return node.getMetadata().getLabelsMap();
    }

    List<Taint> taints() {
        return node.getSpec().getTaintsList();
    }

    long room(String resource) {
        return room.getOrDefault(resource, 0L);
    }

    boolean has(String image) {
        return images.contains(image);
    }
}
