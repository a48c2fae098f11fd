package dev.longshore.scheduler.insight.service;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ClusterView;
import dev.longshore.scheduler.insight.Snapshot;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.ObservedKind;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.ClaimFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of a cluster at one moment. */
record Cluster(List<Node> nodes, List<Pod> pods, List<ClusterObject> others) {
    static Cluster read(ClusterView view) {
        // Of pods there are most.
        List<Pod> pods = view.list(ResourceTypes.PODS);
        List<Node> nodes = view.list(ResourceTypes.NODES);
        List<ClusterObject> others = new ArrayList<>();
        ObservedKind.ALL.forEach(kind -> others.addAll(facts(kind, view)));
        return new Cluster(nodes, pods, others);
    }

    private static <T extends Message> List<ClusterObject> facts(ObservedKind<T> kind, ClusterView view) {
        return view.list(kind.type()).stream().map(kind.facts()).toList();
    }

    /** With objects that are not there yet. */
    Snapshot snapshot(List<ClusterObject> more) {
        return new Snapshot(nodes.stream().map(NodeFacts::of).toList(), pods.stream().map(PodInfo::of).toList(),
                Stream.concat(others.stream(), more.stream()).toList());
    }

    Set<ObjectKey> claims() {
        return others.stream().flatMap(Cluster::claim).collect(Collectors.toSet());
    }

    private static Stream<ObjectKey> claim(ClusterObject object) {
        return object instanceof ClusterObject.StorageObject(ClaimFacts claim)
                ? Stream.of(claim.key())
                : Stream.empty();
    }

    /** Fails with NOT_FOUND. */
    Pod pod(String namespace, String name) {
        return pods.stream().filter(pod -> pod.getMetadata().getName().equals(name)
                && pod.getMetadata().getNamespace().equals(namespace)).findFirst()
                .orElseThrow(() -> ApiException.notFound(ResourceTypes.PODS, name));
    }

    /** The pods of a node; fails with NOT_FOUND if there is no such node. */
    List<Pod> podsOf(String node) {
        if (nodes.stream().noneMatch(each -> each.getMetadata().getName().equals(node))) {
            throw ApiException.notFound(ResourceTypes.NODES, node);
        }
        return pods.stream().filter(pod -> pod.getSpec().getNodeName().equals(node)).toList();
    }
}
