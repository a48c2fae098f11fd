package dev.longshore.scheduler.state;

import dev.longshore.scheduler.volumes.VolumeState;
import dev.longshore.scheduler.volumes.VolumeUse;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
    private final Map<String, Topology> topologies = new HashMap<>();
    private final Map<String, Topology> nodesApart = new HashMap<>();
    private final Namespaces namespaces = new Namespaces();
    private final Workloads workloads = new Workloads();
    private final PodGroups groups = new PodGroups();
    private final VolumeState volumes = new VolumeState();
    private final VolumeUse volumeUse = new VolumeUse();
    private final DisruptionBudgets budgets = new DisruptionBudgets();
    private final Map<String, PlacedPod> placed = new HashMap<>();
    private final Map<String, SortedMap<String, PlacedPod>> placedByNode = new HashMap<>();
    private final List<NodePods> byImportance = new ArrayList<>();
    private final ChangeJournal usage = new ChangeJournal();
    private Optional<NodeOrder> order = Optional.empty();
    private long structureVersion;

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
            order = Optional.empty();
            forgetOrder(slot);
            podsOf(node.name()).forEach(pod -> {
                pod.slot(slot);
                adjust(slot, pod.pod(), 1);
            });
        }
        structureChanged();
        return before.map(old -> NodeChange.between(old, node)).orElse(List.of(NodeChange.ADDED));
    }

    /** Forgets a node; pods placed on it count again should it return. */
    public void removeNode(String name) {
        Integer slot = slots.remove(name);
        if (slot != null) {
            order = Optional.empty();
            forgetOrder(slot);
            podsOf(name).forEach(pod -> {
                adjust(slot, pod.pod(), -1);
                pod.slot(PlacedPod.NOWHERE);
            });
            unindex(slot, facts.get(slot));
            resources.allocatable(slot, Amounts.NONE);
            present.clear(slot);
            unschedulable.clear(slot);
            structureChanged();
        }
    }

    /** Takes in an object as it is now. True when it is news about where pods fit. */
    public boolean put(ClusterObject object) {
        return noted(object, switch (object) {
            case ClusterObject.NamespaceFacts namespace -> namespaces.put(namespace);
            case ClusterObject.ServiceFacts service -> workloads.put(service);
            case ClusterObject.OwnerFacts owner -> workloads.put(owner);
            case ClusterObject.StorageObject storage -> volumes.put(storage.facts());
            // Budgets limit who may be evicted, not where pods fit, so no evaluation is out of date.
            case ClusterObject.BudgetFacts budget -> {
                budgets.put(budget);
                yield false;
            }
        });
    }

    /** Forgets an object. True when that is news about where pods fit. */
    public boolean remove(ClusterObject object) {
        return noted(object, switch (object) {
            case ClusterObject.NamespaceFacts namespace -> namespaces.remove(namespace);
            case ClusterObject.ServiceFacts service -> workloads.remove(service);
            case ClusterObject.OwnerFacts owner -> workloads.remove(owner);
            case ClusterObject.StorageObject storage -> volumes.remove(storage.facts());
            case ClusterObject.BudgetFacts budget -> {
                budgets.remove(budget);
                yield false;
            }
        });
    }

    /**
     * Lets a pod take room on a node; one that was placed elsewhere, or counts otherwise than before, moves. False if
     * nothing that counts is different.
     */
    public boolean place(PodInfo pod, String node) {
        PlacedPod before = placed.get(pod.uid());
        if (before != null && before.node().equals(node) && before.pod().countsLike(pod)) {
            before.pod(pod);
            forgetOrder(before.slot());
            return false;
        }
        remove(pod.uid());
        PlacedPod now = new PlacedPod(pod, node, groups.of(pod));
        now.slot(slot(node));
        placed.put(pod.uid(), now);
        placedByNode.computeIfAbsent(node, _ -> new TreeMap<>()).put(pod.uid(), now);
        groups.add(now);
        change(now, 1);
        return true;
    }

    /** Gives back the room that a pod takes; false if it took none. */
    public boolean remove(String uid) {
        PlacedPod gone = placed.remove(uid);
        if (gone == null) {
            return false;
        }
        SortedMap<String, PlacedPod> onNode = placedByNode.get(gone.node());
        onNode.remove(uid);
        if (onNode.isEmpty()) {
            placedByNode.remove(gone.node());
        }
        groups.remove(gone);
        change(gone, -1);
        return true;
    }

    /**
     * Counts a pod as being on a node ({@code sign} 1) or as being gone (-1) without saying so: versions do not change.
     * Who asks a question so takes it back afterwards.
     */
    public void adjust(int slot, PodInfo pod, int sign) {
        resources.take(slot, pod.requirements(), sign);
        if (sign > 0) {
            ports.add(slot, pod.requirements().ports());
            volumeUse.add(slot, pod.requirements().volumes());
        } else {
            ports.remove(slot, pod.requirements().ports());
            volumeUse.remove(slot, pod.requirements().volumes());
        }
    }

    public Optional<PlacedPod> placed(String uid) {
        return Optional.ofNullable(placed.get(uid));
    }

    /** The pods that take room on a node, by uid. */
    public Collection<PlacedPod> podsOf(String node) {
        SortedMap<String, PlacedPod> pods = placedByNode.get(node);
        return pods == null ? List.of() : pods.values();
    }

    /** The pods that take room on the node in a slot in use, by importance. */
    public NodePods pods(int slot) {
        while (byImportance.size() <= slot) {
            byImportance.add(NodePods.UNKNOWN);
        }
        NodePods known = byImportance.get(slot);
        if (known == NodePods.UNKNOWN) {
            known = new NodePods(podsOf(facts.get(slot).name()));
            byImportance.set(slot, known);
        }
        return known;
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

    /** How many pods take room. */
    public int pods() {
        return placed.size();
    }

    /** The priorities that pods on nodes have, the lowest first. */
    public SortedSet<Integer> priorities() {
        SortedSet<Integer> priorities = new TreeSet<>();
        placed.values().forEach(pod -> priorities.add(pod.pod().priority()));
        return priorities;
    }

    /** The nodes in the order of their names. */
    public NodeOrder order() {
        if (order.isEmpty()) {
            order = Optional.of(NodeOrder.of(slots, facts.size()));
        }
        return order.get();
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

    public Namespaces namespaces() {
        return namespaces;
    }

    public Workloads workloads() {
        return workloads;
    }

    public PodGroups groups() {
        return groups;
    }

    public DisruptionBudgets budgets() {
        return budgets;
    }

    public VolumeState volumes() {
        return volumes;
    }

    /** What the pods on nodes hold of volumes. */
    public VolumeUse volumeUse() {
        return volumeUse;
    }

    /** The domains that a node label makes, as they are now. */
    public Topology topology(String key) {
        return topologies.computeIfAbsent(key, _ -> Topology.of(key, labels, present));
    }

    /** As if the label were another one for each node that has it. */
    public Topology nodesApart(String key) {
        return nodesApart.computeIfAbsent(key, _ -> Topology.ofNodes(labels.having(key), present));
    }

    /** Changes whenever a node comes, goes, or has other facts, and with every namespace, Service and owner. */
    public long structureVersion() {
        return structureVersion;
    }

    /** Like {@link #structureVersion()}, and also changes with storage if the pod asks for any. */
    public long structureVersion(PodRequirements pod) {
        return pod.volumes().isEmpty() ? structureVersion : structureVersion + volumes.version();
    }

    /** Changes whenever a node's room is taken or given back. */
    public long usageVersion() {
        return usage.version();
    }

    /** Tells of every pod that came or left since that usage version; false, and tells nothing, when unknown. */
    public boolean changedSince(long version, UsageChange reader) {
        return usage.since(version, reader);
    }

    /** Storage has a version of its own, as it concerns only the pods that use it. */
    private boolean noted(ClusterObject object, boolean news) {
        if (news && !(object instanceof ClusterObject.StorageObject)) {
            structureChanged();
        }
        return news;
    }

    private void structureChanged() {
        structureVersion++;
        topologies.clear();
        nodesApart.clear();
    }

    private void forgetOrder(int slot) {
        if (slot >= 0 && slot < byImportance.size()) {
            byImportance.set(slot, NodePods.UNKNOWN);
        }
    }

    private void change(PlacedPod pod, int sign) {
        if (pod.slot() >= 0) {
            forgetOrder(pod.slot());
            adjust(pod.slot(), pod.pod(), sign);
            usage.record(pod.slot(), pod.group(), sign);
            if (!pod.pod().requirements().volumes().claims().isEmpty()) {
                volumes.usersChanged();
            }
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
}
