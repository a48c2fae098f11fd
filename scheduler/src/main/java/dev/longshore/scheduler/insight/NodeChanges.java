package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.NodeTaint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes changes of nodes. */
final class NodeChanges {
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private NodeChanges() {
    }

    /** The node as it is after the change. */
    static NodeFacts apply(Change.OfNode change, ClusterState state) {
        return switch (change) {
            case Change.Uncordon(var node) -> uncordoned(known(node, state));
            case Change.LoseTaint(var node, var taint) -> untainted(known(node, state), taint);
            case Change.LabelNode(var node, var key, var value) -> labelled(known(node, state), key, value);
            case Change.AddNode(var facts, _) -> facts;
        };
    }

    private static NodeFacts known(String node, ClusterState state) {
        return state.node(node).orElseThrow();
    }

    /** The taint that tells of it goes with it. */
    private static NodeFacts uncordoned(NodeFacts node) {
        List<NodeTaint> taints = node.taints().stream().filter(taint -> !taint.key().equals(UNSCHEDULABLE)).toList();
        return new NodeFacts(node.name(), node.labels(), taints, false, node.allocatable(), node.images());
    }

    private static NodeFacts untainted(NodeFacts node, NodeTaint gone) {
        List<NodeTaint> taints = node.taints().stream().filter(taint -> !taint.equals(gone)).toList();
        return new NodeFacts(node.name(), node.labels(), taints, node.unschedulable(), node.allocatable(),
                node.images());
    }

    private static NodeFacts labelled(NodeFacts node, String key, String value) {
        SortedMap<String, String> labels = new TreeMap<>(node.labels());
        labels.put(key, value);
        return new NodeFacts(node.name(), labels, node.taints(), node.unschedulable(), node.allocatable(),
                node.images());
    }
}
