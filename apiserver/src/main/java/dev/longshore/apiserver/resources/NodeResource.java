package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeSpec;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
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
        fillRanges(filled.getSpecBuilder());
        return filled.build();
    }

    /** The older field holds the first of the newer one's values, and decides when they differ. */
    private static void fillRanges(NodeSpec.Builder spec) {
        boolean differs = spec.getPodCIDRsCount() == 0 || !spec.getPodCIDRs(0).equals(spec.getPodCIDR());
        if (!spec.getPodCIDR().isEmpty() && differs) {
            spec.clearPodCIDRs().addPodCIDRs(spec.getPodCIDR());
        } else if (spec.getPodCIDR().isEmpty() && spec.getPodCIDRsCount() > 0) {
            spec.setPodCIDR(spec.getPodCIDRs(0));
        }
    }

    @Override
    public Node prepareForCreate(Node node) {
        return node;
    }

    @Override
    public List<StatusCause> validate(Node node) {
        Causes causes = new Causes();
        causes.addAll(super.validate(node));
        NodeRules.check(node, causes);
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(Node node, Node stored, String subresource) {
        Causes causes = new Causes();
        causes.addAll(validate(node));
        NodeRules.checkUpdate(node.getSpec(), stored.getSpec(), causes);
        NodeRules.checkAddresses(node.getStatus(), causes);
        return causes.list();
    }

    @Override
    public Map<String, String> selectableFields(Node node) {
        return Map.of("spec.unschedulable", Boolean.toString(node.getSpec().getUnschedulable()));
    }
}
