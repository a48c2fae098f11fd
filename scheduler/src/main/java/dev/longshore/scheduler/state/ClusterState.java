package dev.longshore.scheduler.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes and the pods that take room on them, bound or assumed to be. Nodes have slots: small numbers that index
 * columns and bitsets; the slot of a node that is gone is used again.
 *
 * <p>Owner: the scheduler's thread. Invariant: a node's requested amounts are the sum over the pods placed on it, also
 * when the pods were known before the node.
 */
public final class ClusterState {
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<NodeFacts> facts = new ArrayList<>();
    private final BitSet present = new BitSet();
    private final BitSet unschedulable = new BitSet();
    private final ResourceColumns resources = new ResourceColumns();
    private final LabelIndex labels = new LabelIndex();
    private final TaintIndex taints = new TaintIndex();
    private final PortIndex ports = new PortIndex();
    private final ImageIndex images = new ImageIndex();
    private final Map<String, PlacedPod> placed = new HashMap<>();
    private final Map<String, SortedMap<String, PlacedPod>> placedByNode = new HashMap<>();
    private final ChangeJournal usage = new ChangeJournal();
    private long structureVersion;
    private int[] byName = new int[0];
    private long byNameVersion = -1;

    /** A pod and the node whose room it takes. */
    public record PlacedPod(PodInfo pod, String node) {}

    /** Takes in a node as it is now. Answers how it differs from what was known, in the words of the queue's hints. */
    public Collection<NodeChange> putNode(NodeFacts node) {
        Optional<NodeFacts> before = node(node.name());
        if (before.isPresent() && before.get().equals(node)) {
            return List.of();
        }
        int slot = before.isPresent() ? slots.get(node.name()) : present.nextClearBit(0);
        before.ifPresent(old -> unindex(slot, old));
        resources.ensure(slot + 1);
        while (facts.size() <= slot) {
            facts.add(node);
        }
        facts.set(slot, node);
        index(slot, node);
        if (before.isEmpty()) {
            slots.put(node.name(), slot);
            podsOf(node.name()).forEach(pod -> take(slot, pod.pod, 1));
        }
        structureVersion++;
        return before.map(old -> NodeChange.between(old, node)).orElse(List.of(NodeChange.ADDED));
    }

    /** Forgets a node; pods placed on it count again should it return. */
    public void removeNode(String name) {
        Integer slot = slots.remove(name);
        if (slot != null) {
            podsOf(name).forEach(pod -> take(slot, pod.pod, -1));
            unindex(slot, facts.get(slot));
            resources.allocatable(slot, Amounts.NONE);
            present.clear(slot);
            unschedulable.clear(slot);
            structureVersion++;
        }
    }

    /** Lets a pod take room on a node; one that was placed elsewhere, or with other requests, moves. */
    public void place(PodInfo pod, String node) {
        Optional<PlacedPod> before = placed(pod.uid());
        if (before.isPresent() && before.get().node.equals(node) && sameUsage(before.get().pod, pod)) {
            return;
        }
        remove(pod.uid());
        PlacedPod now = new PlacedPod(pod, node);
        placed.put(pod.uid(), now);
        placedByNode.computeIfAbsent(node, _ -> new TreeMap<>()).put(pod.uid(), now);
        change(now, 1);
    }

    /** Gives back the room that a pod takes; false if it took none. */
    public boolean remove(String uid) {
        PlacedPod gone = placed.remove(uid);
        if (gone == null) {
            return false;
        }
        SortedMap<String, PlacedPod> onNode = placedByNode.get(gone.node);
        onNode.remove(uid);
        if (onNode.isEmpty()) {
            placedByNode.remove(gone.node);
        }
        change(gone, -1);
        return true;
    }

    /**
     * Runs {@code question} as if the pods were not there. Versions do not change: afterwards everything is as before.
     */
    public void without(int slot, Collection<PodInfo> pods, Runnable question) {
        pods.forEach(pod -> take(slot, pod, -1));
        question.run();
        pods.forEach(pod -> take(slot, pod, 1));
    }

    public Optional<PlacedPod> placed(String uid) {
        return Optional.ofNullable(placed.get(uid));
    }

    /** The pods that take room on a node, by uid. */
    public Collection<PlacedPod> podsOf(String node) {
        SortedMap<String, PlacedPod> pods = placedByNode.get(node);
        return pods == null ? List.of() : pods.values();
    }

    public Optional<NodeFacts> node(String name) {
        return Optional.ofNullable(slots.get(name)).map(facts::get);
    }

    /** The facts of the node in a slot in use. */
    public NodeFacts facts(int slot) {
        return facts.get(slot);
    }

    /** The slot of a node, or -1. */
    public int slot(String name) {
        return slots.getOrDefault(name, -1);
    }

    public int nodes() {
        return slots.size();
    }

    /** The slots in use. Do not modify. */
    public BitSet present() {
        return present;
    }

    /** The slots of cordoned nodes. Do not modify. */
    public BitSet unschedulable() {
        return unschedulable;
    }

    public ResourceColumns resources() {
        return resources;
    }

    public LabelIndex labels() {
        return labels;
    }

    public TaintIndex taints() {
        return taints;
    }

    public PortIndex ports() {
        return ports;
    }

    public ImageIndex images() {
        return images;
    }

    /** Changes whenever a node comes, goes, or has other facts. */
    public long structureVersion() {
        return structureVersion;
    }

    /** Changes whenever a node's room is taken or given back. */
    public long usageVersion() {
        return usage.version();
    }

    /** Adds the slots whose usage changed since that usage version; false when that is no longer known. */
    public boolean changedSince(long version, BitSet changed) {
        return usage.since(version, changed);
    }

    /** The slots in the order of their nodes' names: an order that does not depend on who came first. */
    public int[] byName() {
        if (byNameVersion != structureVersion) {
            byName = slots.entrySet().stream().sorted(Map.Entry.comparingByKey()).mapToInt(Map.Entry::getValue)
                    .toArray();
            byNameVersion = structureVersion;
        }
        return byName;
    }

    private void change(PlacedPod pod, int sign) {
        Integer slot = slots.get(pod.node);
        if (slot != null) {
            take(slot, pod.pod, sign);
            usage.record(slot);
        }
    }

    private void take(int slot, PodInfo pod, int sign) {
        resources.take(slot, pod.requirements(), sign);
        if (sign > 0) {
            ports.add(slot, pod.requirements().ports());
        } else {
            ports.remove(slot, pod.requirements().ports());
        }
    }

    private void index(int slot, NodeFacts node) {
        present.set(slot);
        unschedulable.set(slot, node.unschedulable());
        resources.allocatable(slot, node.allocatable());
        labels.add(slot, node.labels());
        taints.add(slot, node.taints());
        images.add(slot, node.images());
    }

    private void unindex(int slot, NodeFacts node) {
        labels.remove(slot, node.labels());
        taints.remove(slot, node.taints());
        images.remove(slot, node.images());
    }

    private static boolean sameUsage(PodInfo one, PodInfo other) {
        return one.requirements().requests().equals(other.requirements().requests())
                && one.requirements().ports().equals(other.requirements().ports());
    }
}
