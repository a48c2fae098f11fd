package dev.longshore.scheduler.reference;

import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.core.v1.ContainerImage;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster as its objects. Objects are found by name, those with a namespace by {@code namespace/name}. */
public final class PlainCluster {
    final SortedMap<String, PlainNode> nodes = new TreeMap<>();
    /** By uid. */
    final SortedMap<String, PlainPod> pods = new TreeMap<>();
    /** Pods that wait for room on a node, by uid. */
    final SortedMap<String, PlainPod> claims = new TreeMap<>();
    final Map<String, Namespace> namespaces = new TreeMap<>();
    final Map<String, Service> services = new TreeMap<>();
    final Map<String, ReplicaSet> replicaSets = new TreeMap<>();
    final Map<String, StatefulSet> statefulSets = new TreeMap<>();
    final Map<String, ReplicationController> controllers = new TreeMap<>();
    /** Sizes in bytes: what the first node that had the image said, until no node has it. */
    final Map<String, Long> imageSizes = new TreeMap<>();

    /** Adds a node, or replaces it. */
    public void put(Node node) {
        remove(node.getMetadata().getName());
        PlainNode plain = PlainNode.of(node);
        nodes.put(plain.name(), plain);
        for (ContainerImage image : node.getStatus().getImagesList()) {
            for (String name : image.getNamesList()) {
                imageSizes.putIfAbsent(withTag(name), image.getSizeBytes());
            }
        }
    }

    void remove(String node) {
        nodes.remove(node);
        imageSizes.keySet().removeIf(image -> nodes.values().stream().noneMatch(other -> other.has(image)));
    }

    /** The same cluster with more pods. */
    PlainCluster with(List<PlainPod> more) {
        PlainCluster with = new PlainCluster();
        with.nodes.putAll(nodes);
        with.pods.putAll(pods);
        with.namespaces.putAll(namespaces);
        with.services.putAll(services);
        with.replicaSets.putAll(replicaSets);
        with.statefulSets.putAll(statefulSets);
        with.controllers.putAll(controllers);
        with.imageSizes.putAll(imageSizes);
        more.forEach(pod -> with.pods.put(pod.uid(), pod));
        return with;
    }

    public void put(Namespace namespace) {
        namespaces.put(namespace.getMetadata().getName(), namespace);
    }

    public void put(Service service) {
        services.put(key(service.getMetadata()), service);
    }

    public void put(ReplicaSet owner) {
        replicaSets.put(key(owner.getMetadata()), owner);
    }

    public void put(StatefulSet owner) {
        statefulSets.put(key(owner.getMetadata()), owner);
    }

    public void put(ReplicationController owner) {
        controllers.put(key(owner.getMetadata()), owner);
    }

    private static String key(ObjectMeta meta) {
        return meta.getNamespace() + "/" + meta.getName();
    }

    /** Lets the pod be on the node, which need not be known. */
    public void place(Pod pod, String node) {
        pods.put(pod.getMetadata().getUid(), PlainPod.of(pod, node));
    }

    /** The pods that are on a node. */
    List<PlainPod> on(String node) {
        return pods.values().stream().filter(pod -> pod.node().equals(node)).toList();
    }

    /** The labels of a namespace; one that is not known has the label that all have. */
    Map<String, String> labelsOfNamespace(String name) {
        Namespace namespace = namespaces.get(name);
        return namespace == null
                ? Map.of("kubernetes.io/metadata.name", name)
                : namespace.getMetadata().getLabelsMap();
    }

    static String withTag(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        return name.contains(":") ? image : image + ":latest";
    }
}
