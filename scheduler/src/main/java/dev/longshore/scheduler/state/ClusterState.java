package dev.longshore.scheduler.state;

import dev.longshore.scheduler.volumes.VolumeState;
import dev.longshore.scheduler.volumes.VolumeUse;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The nodes and the pods that take room on them, bound or assumed to be. Nodes have slots: small numbers that index
 * columns and bitsets; the slot of a node that is gone is used again. {@link NodeSlots} has what nodes are,
 * {@link PlacedPods} who is where, {@link ClusterObjects} the rest; here is what pods take of nodes.
 *
 * <p>Owner: the scheduler's thread. Invariant: a node's requested amounts are the sum over the pods placed on it, also
 * when the pods were known before the node.
 */
public final class ClusterState {
    private final NodeSlots nodes = new NodeSlots();
    private final PlacedPods placed = new PlacedPods();
    private final ClusterObjects objects = new ClusterObjects();
    private final ResourceColumns resources = new ResourceColumns();
    private final PortIndex ports = new PortIndex();
    private final VolumeUse volumeUse = new VolumeUse();

    /** Takes in a node as it is now. Answers how it differs from what was known, in the words of the queue's hints. */
    public Collection<NodeChange> putNode(NodeFacts node) {
        Optional<NodeFacts> before = node(node.name());
        if (before.isPresent() && before.get().equals(node)) {
            return List.of();
        }
        int slot = nodes.put(node);
        resources.ensure(slot + 1);
        resources.allocatable(slot, node.allocatable());
        if (before.isEmpty()) {
            placed.nodeCame(node.name(), slot).forEach(pod -> adjust(slot, pod.pod(), 1));
        }
        return before.map(old -> NodeChange.between(old, node)).orElse(List.of(NodeChange.ADDED));
    }

    /** Forgets a node; pods placed on it count again should it return. */
    public void removeNode(String name) {
        if (slot(name) >= 0) {
            int slot = nodes.remove(name);
            placed.nodeLeft(name, slot).forEach(pod -> adjust(slot, pod.pod(), -1));
            resources.allocatable(slot, Amounts.NONE);
        }
    }

    /** Takes in an object as it is now. True when it is news about where pods fit. */
    public boolean put(ClusterObject object) {
        return objects.put(object);
    }

    /** Forgets an object. True when that is news about where pods fit. */
    public boolean remove(ClusterObject object) {
        return objects.remove(object);
    }

    /**
     * Lets a pod take room on a node; one that was placed elsewhere, or counts otherwise than before, moves. False if
     * nothing that counts is different.
     */
    public boolean place(PodInfo pod, String node) {
        if (placed.renew(pod, node)) {
            return false;
        }
        remove(pod.uid());
        change(placed.add(pod, node, slot(node)), 1);
        return true;
    }

    /** Gives back the room that a pod takes; false if it took none. */
    public boolean remove(String uid) {
        Optional<PlacedPod> gone = placed.remove(uid);
        gone.ifPresent(pod -> change(pod, -1));
        return gone.isPresent();
    }

    private void change(PlacedPod pod, int sign) {
        if (pod.slot() >= 0) {
            adjust(pod.slot(), pod.pod(), sign);
            if (!pod.pod().requirements().volumes().claims().isEmpty()) {
                volumes().usersChanged();
            }
        }
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
        return placed.pod(uid);
    }

    /** The pods that take room on a node, by uid. */
    public Collection<PlacedPod> podsOf(String node) {
        return placed.on(node);
    }

    /** The pods that take room on the node in a slot in use, by importance. */
    public NodePods pods(int slot) {
        return placed.byImportance(facts(slot).name(), slot);
    }

    public Optional<NodeFacts> node(String name) {
        return nodes.node(name);
    }

    /** The facts of the node in a slot in use. */
    public NodeFacts facts(int slot) {
        return nodes.facts(slot);
    }

    /** The slot of a node, or -1. */
    public int slot(String name) {
        return nodes.slot(name);
    }

    public int nodes() {
        return nodes.count();
    }

    /** How many pods take room. */
    public int pods() {
        return placed.count();
    }

    /** The priorities that pods on nodes have, the lowest first. */
    public SortedSet<Integer> priorities() {
        return placed.priorities();
    }

    /** The nodes in the order of their names. */
    public NodeOrder order() {
        return nodes.order();
    }

    /** The slots in use. Do not modify. */
    public BitSet present() {
        return nodes.present();
    }

    /** The slots of cordoned nodes. Do not modify. */
    public BitSet unschedulable() {
        return nodes.unschedulable();
    }

    public ResourceColumns resources() {
        return resources;
    }

    public LabelIndex labels() {
        return nodes.labels();
    }

    public TaintIndex taints() {
        return nodes.taints();
    }

    public PortIndex ports() {
        return ports;
    }

    public ImageIndex images() {
        return nodes.images();
    }

    public Namespaces namespaces() {
        return objects.namespaces();
    }

    public Workloads workloads() {
        return objects.workloads();
    }

    public PodGroups groups() {
        return placed.groups();
    }

    public DisruptionBudgets budgets() {
        return objects.budgets();
    }

    public VolumeState volumes() {
        return objects.volumes();
    }

    /** What the pods on nodes hold of volumes. */
    public VolumeUse volumeUse() {
        return volumeUse;
    }

    /** The domains that a node label makes, as they are now. */
    public Topology topology(String key) {
        return nodes.topology(key);
    }

    /** As if the label were another one for each node that has it. */
    public Topology nodesApart(String key) {
        return nodes.nodesApart(key);
    }

    /** Changes whenever a node comes, goes, or has other facts, and with every namespace, Service and owner. */
    public long structureVersion() {
        return nodes.version() + objects.version();
    }

    /** Like {@link #structureVersion()}, and also changes with storage if the pod asks for any. */
    public long structureVersion(PodRequirements pod) {
        return pod.volumes().isEmpty() ? structureVersion() : structureVersion() + volumes().version();
    }

    /** Changes whenever a node's room is taken or given back. */
    public long usageVersion() {
        return placed.journal().version();
    }

    /** Tells of every pod that came or left since that usage version; false, and tells nothing, when unknown. */
    public boolean changedSince(long version, UsageChange reader) {
        return placed.journal().since(version, reader);
    }
}
