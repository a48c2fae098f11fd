package dev.longshore.scheduler.replay;

import com.google.protobuf.Message;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.storage.v1.CSIDriver;
import dev.longshore.api.storage.v1.CSINode;
import dev.longshore.api.storage.v1.CSIStorageCapacity;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.storage.v1.VolumeAttachment;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.AttachmentFacts;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.DriverFacts;
import dev.longshore.scheduler.volumes.NodeDriverFacts;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One case of the recording: a small cluster, a pod, and what kube-scheduler made of it. */
record RecordedCase(String id, Map<String, Object> tree) {
    static RecordedCase parse(String line) {
        try {
            Map<String, Object> tree = object(JsonTree.parse(line));
            return new RecordedCase((String) tree.get("id"), tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean single() {
        return tree.containsKey("pending");
    }

    /**
     * A sequence without operations as cases of its own: each starts with what the steps before it have bound.
     *
     * <p>Empty when a step is an operation.
     */
    List<RecordedCase> steps() {
        List<RecordedCase> cases = new ArrayList<>();
        List<Object> bound = new ArrayList<>(list("pods"));
        for (Object step : list("steps")) {
            if (!object(step).containsKey("pending")) {
                return List.of();
            }
            Map<String, Object> single = new LinkedHashMap<>(tree);
            single.remove("steps");
            single.putAll(object(step));
            single.put("pods", List.copyOf(bound));
            cases.add(new RecordedCase(id + "." + cases.size(), single));
            Object node = object(object(step).get("expect")).get("bound");
            if (node != null) {
                bound.add(onNode(object(object(step).get("pending")), node));
            }
        }
        return cases;
    }

    private static Map<String, Object> onNode(Map<String, Object> pod, Object node) {
        Map<String, Object> spec = new LinkedHashMap<>(object(pod.get("spec")));
        spec.put("nodeName", node);
        Map<String, Object> bound = new LinkedHashMap<>(pod);
        bound.put("spec", spec);
        return bound;
    }

    ClusterState cluster() {
        ClusterState state = new ClusterState();
        list("nodes").forEach(node -> state.putNode(NodeFacts.of(read(node, Node.getDefaultInstance()))));
        list("other").forEach(other -> put(object(other), state));
        int number = 0;
        for (Object bound : list("pods")) {
            PodInfo pod = pod(bound, "bound-" + number++);
            if (!pod.finished()) {
                state.place(pod, pod.nodeName());
            }
        }
        return state;
    }

    private static void put(Map<String, Object> other, ClusterState state) {
        switch ((String) other.get("kind")) {
            case "Namespace" -> state.put(ClusterObject.of(named(read(other, Namespace.getDefaultInstance()))));
            case "Service" -> state.put(ClusterObject.of(read(other, Service.getDefaultInstance())));
            case "ReplicaSet" -> state.put(ClusterObject.of(read(other, ReplicaSet.getDefaultInstance())));
            case "ReplicationController" ->
                state.put(ClusterObject.of(read(other, ReplicationController.getDefaultInstance())));
            case "PersistentVolumeClaim" ->
                put(ClaimFacts.of(read(other, PersistentVolumeClaim.getDefaultInstance())), state);
            case "PersistentVolume" -> put(VolumeFacts.of(read(other, PersistentVolume.getDefaultInstance())), state);
            case "StorageClass" -> put(ClassFacts.of(read(other, StorageClass.getDefaultInstance())), state);
            case "CSINode" -> put(NodeDriverFacts.of(read(other, CSINode.getDefaultInstance())), state);
            case "CSIDriver" -> put(DriverFacts.of(read(other, CSIDriver.getDefaultInstance())), state);
            case "VolumeAttachment" ->
                put(AttachmentFacts.of(read(other, VolumeAttachment.getDefaultInstance())), state);
            case "CSIStorageCapacity" -> put(RoomFacts.of(read(other, CSIStorageCapacity.getDefaultInstance())), state);
            default -> {
            }
        }
    }

    private static void put(StorageFacts facts, ClusterState state) {
        state.put(new ClusterObject.StorageObject(facts));
    }

    /** With the label that the API server gives to every namespace. */
    private static Namespace named(Namespace namespace) {
        return namespace.toBuilder().setMetadata(namespace.getMetadata().toBuilder()
                .putLabels("kubernetes.io/metadata.name", namespace.getMetadata().getName())).build();
    }

    PodInfo pending() {
        return pod(tree.get("pending"), "pending");
    }

    boolean attempted() {
        return !Boolean.FALSE.equals(expect().get("attempted"));
    }

    List<String> feasible() {
        return strings(expect().get("feasible"));
    }

    List<String> chosenIn() {
        return strings(expect().get("chosenIn"));
    }

    /** By node, then by rule; empty when nothing was scored. */
    SortedMap<String, SortedMap<String, Long>> scores() {
        SortedMap<String, SortedMap<String, Long>> scores = new TreeMap<>();
        object(expect().getOrDefault("scores", Map.of())).forEach((node, score) -> {
            SortedMap<String, Long> byRule = new TreeMap<>();
            object(object(score).get("plugins")).forEach((rule, value) -> byRule.put(rule, (Long) value));
            scores.put(node, byRule);
        });
        return scores;
    }

    /** The message of the condition, "" for a pod that fits. */
    String message() {
        return (String) object(expect().getOrDefault("unschedulable", Map.of())).getOrDefault("message", "");
    }

    /** The node for which the claims were bound; empty when none was. */
    Optional<String> volumesOn() {
        Map<String, Object> volumes = object(expect().getOrDefault("volumes", Map.of()));
        return Optional.ofNullable((String) volumes.getOrDefault("whenBoundTo", volumes.get("node")));
    }

    /** By volume the claim that it got, by claim the node selected for it. */
    SortedMap<String, String> volumes() {
        SortedMap<String, String> found = new TreeMap<>();
        Map<String, Object> volumes = object(expect().getOrDefault("volumes", Map.of()));
        object(volumes.getOrDefault("claimRefSet", Map.of())).forEach((name, claim) -> found.put(name, (String) claim));
        object(volumes.getOrDefault("selectedNode", Map.of())).forEach((name, node) -> found.put(name, (String) node));
        return found;
    }

    boolean preempts() {
        return expect().containsKey("preemption") || expect().containsKey("preemptionIn");
    }

    Map<String, Object> expect() {
        return object(tree.get("expect"));
    }

    List<?> list(String name) {
        return (List<?>) tree.get(name);
    }

    static PodInfo pod(Object tree, String uid) {
        Pod pod = read(tree, Pod.getDefaultInstance());
        return PodInfo.of(pod.toBuilder().setMetadata(pod.getMetadata().toBuilder().setUid(uid)).build());
    }

    static <T extends Message> T read(Object tree, T prototype) {
        try {
            return JsonCodec.read(JsonTree.bytes(tree), prototype).object();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object tree) {
        return (Map<String, Object>) tree;
    }

    private static List<String> strings(Object tree) {
        return tree == null ? List.of() : ((List<?>) tree).stream().map(Object::toString).sorted().toList();
    }

    @Override
    public String toString() {
        return id + " " + tree.get("about");
    }
}
