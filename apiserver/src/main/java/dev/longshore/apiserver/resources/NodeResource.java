package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import java.util.Map;

/** Nodes: an agent may create its Node with the status it knows. */
final class NodeResource extends GenericStrategy<Node> {
    NodeResource() {
        super(ResourceTypes.NODES);
    }

    @Override
    public Node defaults(Node node) {
        Node.Builder filled = node.toBuilder();
        if (filled.getStatus().getAllocatableCount() == 0 && filled.getStatus().getCapacityCount() > 0) {
            filled.getStatusBuilder().putAllAllocatable(node.getStatus().getCapacityMap());
        }
        return filled.build();
    }

    @Override
    public Node prepareForCreate(Node node) {
        return node;
    }

    @Override
    public Map<String, String> selectableFields(Node node) {
        return Map.of("spec.unschedulable", Boolean.toString(node.getSpec().getUnschedulable()));
    }
}
