package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.NodeSpec;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Names;
import dev.longshore.api.values.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for a Node and for a change of it (source: Kubernetes API, core/v1 validation). */
final class NodeRules {
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final String RANGES = "spec.podCIDRs";

    private NodeRules() {
    }

    static void check(Node node, Causes causes) {
        for (int i = 0; i < node.getSpec().getTaintsCount(); i++) {
            // clients know the taints by this path, from when they were annotations
            check("metadata.taints[" + i + "]", node.getSpec().getTaints(i), causes);
        }
        checkTwice(node.getSpec().getTaintsList(), causes);
        checkRanges(node.getSpec().getPodCIDRsList(), causes);
        checkAmounts("status.capacity", node.getStatus().getCapacityMap(), causes);
        checkAmounts("status.allocatable", node.getStatus().getAllocatableMap(), causes);
    }

    private static void check(String path, Taint taint, Causes causes) {
        Checks.qualifiedName(path + ".key", taint.getKey(), causes);
        Names.labelValue(taint.getValue())
                .forEach(problem -> causes.invalid(path + ".value", taint.getValue(), problem));
        if (taint.getEffect().isEmpty()) {
            causes.required(path + ".effect", "");
        } else if (!EFFECTS.contains(taint.getEffect())) {
            causes.notSupported(path + ".effect", taint.getEffect(), EFFECTS);
        }
    }

    private static void checkTwice(List<Taint> taints, Causes causes) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            Taint taint = taints.get(i);
            if (!taint.getEffect().isEmpty() && !seen.add(taint.getEffect() + " " + taint.getKey())) {
                causes.duplicate("metadata.taints[" + i + "]", taint.getKey() + ":" + taint.getEffect());
            }
        }
    }

    private static void checkRanges(List<String> ranges, Causes causes) {
        for (int i = 0; i < ranges.size(); i++) {
            if (!Addresses.isRange(ranges.get(i))) {
                causes.invalid(RANGES + "[" + i + "]", ranges.get(i), Addresses.RANGE_TEXT);
            }
            if (ranges.subList(0, i).contains(ranges.get(i))) {
                causes.duplicate(RANGES + "[" + i + "]", ranges.get(i));
            }
        }
        long families = ranges.stream().map(range -> range.contains(":")).distinct().count();
        if (ranges.size() > families) {
            causes.invalid(RANGES, ranges.toString(), "may specify no more than one CIDR for each IP family");
        }
    }

    private static void checkAmounts(String path, Map<String, Quantity> amounts, Causes causes) {
        amounts.forEach((name, amount) -> {
            if (Quantities.signum(amount) < 0) {
                causes.invalid(path + "." + name, amount.getString(), "must be greater than or equal to 0");
            }
        });
    }

    /** What a Node has been given once it keeps: other machines have been told. */
    static void checkUpdate(NodeSpec spec, NodeSpec stored, Causes causes) {
        if (stored.getPodCIDRsCount() > 0 && !spec.getPodCIDRsList().equals(stored.getPodCIDRsList())) {
            causes.forbidden(RANGES, "node updates may not change podCIDR except from \"\" to valid");
        }
        if (!stored.getProviderID().isEmpty() && !spec.getProviderID().equals(stored.getProviderID())) {
            causes.forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
        if (!spec.getExternalID().equals(stored.getExternalID())) {
            causes.forbidden("spec.externalID", "may not be updated");
        }
    }

    static void checkAddresses(NodeStatus status, Causes causes) {
        Set<NodeAddress> seen = new HashSet<>();
        for (int i = 0; i < status.getAddressesCount(); i++) {
            if (!seen.add(status.getAddresses(i))) {
                causes.duplicate("status.addresses[" + i + "]", status.getAddresses(i).getAddress());
            }
        }
    }
}
