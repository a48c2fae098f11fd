package dev.longshore.scheduler.reference;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PreferredSchedulingTerm;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.scheduler.plugins.PluginName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules about single nodes. */
final class NodeReference {
    private static final long MIB = 1024 * 1024;

    private final PlainCluster cluster;
    private final PlainProfile profile;
    private final ResourceReference resources;
    private final PodSpec spec;

    NodeReference(PlainCluster cluster, PlainPod pod, PlainProfile profile) {
        this.cluster = cluster;
        this.profile = profile;
        this.resources = new ResourceReference(cluster, pod, profile);
        this.spec = pod.pod().getSpec();
    }

    /** The first of these rules that refuses the node, with its reasons. */
    Optional<Refusal> refusal(PlainNode node) {
        if (asks(PluginName.NODE_AFFINITY) && !namedByTerms(node)) {
            return Refusal.of("NodeAffinity", "node(s) didn't satisfy plugin(s) [NodeAffinity]");
        }
        Taint cordon = Taint.newBuilder().setKey("node.kubernetes.io/unschedulable").setEffect("NoSchedule").build();
        if (asks(PluginName.NODE_UNSCHEDULABLE) && node.node().getSpec().getUnschedulable()
                && !Matching.tolerates(spec, cordon)) {
            return Refusal.of("NodeUnschedulable", "node(s) were unschedulable");
        }
        if (asks(PluginName.NODE_NAME) && !spec.getNodeName().isEmpty()
                && !spec.getNodeName().equals(node.name())) {
            return Refusal.of("NodeName", "node(s) didn't match the requested node name");
        }
        for (Taint taint : node.taints()) {
            if (asks(PluginName.TAINT_TOLERATION) && Matching.isHard(taint) && !Matching.tolerates(spec, taint)) {
                return Refusal.of("TaintToleration",
                        "node(s) had untolerated taint {" + taint.getKey() + ": " + taint.getValue() + "}");
            }
        }
        if (asks(PluginName.NODE_AFFINITY) && !Matching.wantsNode(spec, node)) {
            return Refusal.of("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
        }
        if (asks(PluginName.NODE_PORTS) && cluster.on(node.name()).stream()
                .anyMatch(other -> portsConflict(spec, other.pod().getSpec()))) {
            return Refusal.of("NodePorts", "node(s) didn't have free ports for the requested pod ports");
        }
        List<String> lacking = asks(PluginName.NODE_RESOURCES_FIT) ? resources.lacking(node) : List.of();
        return lacking.isEmpty() ? Optional.empty() : Optional.of(new Refusal("NodeResourcesFit", lacking));
    }

    private boolean asks(PluginName rule) {
        return profile.asks(rule);
    }

    /** Where every term of required affinity names nodes, the others are out from the beginning. */
    private boolean namedByTerms(PlainNode node) {
        List<NodeSelectorTerm> terms = spec.getAffinity().getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTermsList();
        boolean allName = !terms.isEmpty() && terms.stream()
                .allMatch(term -> term.getMatchFieldsList().stream().anyMatch(NodeReference::names));
        return !allName || terms.stream().anyMatch(term -> term.getMatchFieldsList().stream()
                .filter(NodeReference::names).allMatch(field -> field.getValuesList().contains(node.name())));
    }

    private static boolean names(NodeSelectorRequirement field) {
        return field.getKey().equals("metadata.name") && field.getOperator().equals("In");
    }

    private static boolean portsConflict(PodSpec one, PodSpec other) {
        return ports(one).stream().anyMatch(left -> ports(other).stream().anyMatch(right -> conflict(left, right)));
    }

    /** With number, protocol and address filled in. */
    private static List<ContainerPort> ports(PodSpec spec) {
        List<ContainerPort> ports = new ArrayList<>();
        for (Container container : spec.getContainersList()) {
            for (ContainerPort port : container.getPortsList()) {
                int number = spec.getHostNetwork() && port.getHostPort() == 0
                        ? port.getContainerPort()
                        : port.getHostPort();
                if (number != 0) {
                    ports.add(ContainerPort.newBuilder().setHostPort(number)
                            .setProtocol(port.getProtocol().isEmpty() ? "TCP" : port.getProtocol())
                            .setHostIP(port.getHostIP().isEmpty() ? "0.0.0.0" : port.getHostIP()).build());
                }
            }
        }
        return ports;
    }

    private static boolean conflict(ContainerPort left, ContainerPort right) {
        boolean anyAddress = left.getHostIP().equals("0.0.0.0") || right.getHostIP().equals("0.0.0.0");
        return left.getHostPort() == right.getHostPort() && left.getProtocol().equals(right.getProtocol())
                && (anyAddress || left.getHostIP().equals(right.getHostIP()));
    }

    /** Where between 23 MiB and 1000 MiB per container the node's images of the pod are, weighted by their spread. */
    long imageLocality(PlainNode node) {
        List<String> images = new ArrayList<>();
        spec.getInitContainersList().forEach(container -> images.add(container.getImage()));
        spec.getContainersList().forEach(container -> images.add(container.getImage()));
        long sum = 0;
        for (String name : images) {
            String image = PlainCluster.withTag(name);
            if (node.has(image)) {
                double holders = cluster.nodes.values().stream().filter(other -> other.has(image)).count();
                sum += (long) (cluster.imageSizes.get(image) * (holders / cluster.nodes.size()));
            }
        }
        long least = 23 * MIB;
        long most = 1000 * MIB * images.size();
        return 100 * (Math.min(most, Math.max(least, sum)) - least) / (most - least);
    }

    /** How many taints say that the pod should not come. */
    long softTaints(PlainNode node) {
        return node.taints().stream().filter(taint -> taint.getEffect().equals("PreferNoSchedule"))
                .filter(taint -> !Matching.tolerates(spec, taint)).count();
    }

    boolean prefersNodes() {
        return spec.getAffinity().getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecutionCount() > 0;
    }

    /** The weights of the preferences that the node meets. */
    long preferences(PlainNode node) {
        long sum = 0;
        for (PreferredSchedulingTerm term : spec.getAffinity().getNodeAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecutionList()) {
            sum += Matching.matches(term.getPreference(), node) ? term.getWeight() : 0;
        }
        return sum;
    }
}
