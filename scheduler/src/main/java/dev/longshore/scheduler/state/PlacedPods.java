package dev.longshore.scheduler.state;

import java.util.ArrayList;
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
 * Which pods are on which nodes: by uid, by node, by group, and who came and left lately. Of the nodes it knows names,
 * and the slots of those that there are. Owner: the scheduler's thread.
 */
final class PlacedPods {
    private final Map<String, PlacedPod> all = new HashMap<>();
    private final Map<String, SortedMap<String, PlacedPod>> byNode = new HashMap<>();
    private final List<NodePods> byImportance = new ArrayList<>();
    private final PodGroups groups = new PodGroups();
    private final ChangeJournal journal = new ChangeJournal();

    /** Takes in the newest of a placed pod that counts like before on the same node; false if it is not such a one. */
    boolean renew(PodInfo pod, String node) {
        PlacedPod before = all.get(pod.uid());
        if (before == null || !before.node().equals(node) || !before.pod().countsLike(pod)) {
            return false;
        }
        before.pod(pod);
        forgetOrder(before.slot());
        return true;
    }

    /** @param slot of the node, or {@link PlacedPod#NOWHERE} */
    PlacedPod add(PodInfo pod, String node, int slot) {
        PlacedPod placed = new PlacedPod(pod, node, groups.of(pod));
        placed.slot(slot);
        all.put(pod.uid(), placed);
        byNode.computeIfAbsent(node, _ -> new TreeMap<>()).put(pod.uid(), placed);
        groups.add(placed);
        note(placed, 1);
        return placed;
    }

    Optional<PlacedPod> remove(String uid) {
        PlacedPod gone = all.remove(uid);
        if (gone == null) {
            return Optional.empty();
        }
        SortedMap<String, PlacedPod> onNode = byNode.get(gone.node());
        onNode.remove(uid);
        if (onNode.isEmpty()) {
            byNode.remove(gone.node());
        }
        groups.remove(gone);
        note(gone, -1);
        return Optional.of(gone);
    }

    /** The node has come to a slot. Answers the pods that are on it already. */
    Collection<PlacedPod> nodeCame(String node, int slot) {
        forgetOrder(slot);
        on(node).forEach(pod -> pod.slot(slot));
        return on(node);
    }

    /** The node has left the slot. Answers the pods that are still said to be on it. */
    Collection<PlacedPod> nodeLeft(String node, int slot) {
        forgetOrder(slot);
        on(node).forEach(pod -> pod.slot(PlacedPod.NOWHERE));
        return on(node);
    }

    Optional<PlacedPod> pod(String uid) {
        return Optional.ofNullable(all.get(uid));
    }

    /** The pods on a node, by uid. */
    Collection<PlacedPod> on(String node) {
        SortedMap<String, PlacedPod> pods = byNode.get(node);
        return pods == null ? List.of() : pods.values();
    }

    /** The pods on the node that has the slot, by importance. */
    NodePods byImportance(String node, int slot) {
        while (byImportance.size() <= slot) {
            byImportance.add(NodePods.UNKNOWN);
        }
        NodePods known = byImportance.get(slot);
        if (known == NodePods.UNKNOWN) {
            known = new NodePods(on(node));
            byImportance.set(slot, known);
        }
        return known;
    }

    int count() {
        return all.size();
    }

    SortedSet<Integer> priorities() {
        SortedSet<Integer> priorities = new TreeSet<>();
        all.values().forEach(pod -> priorities.add(pod.pod().priority()));
        return priorities;
    }

    PodGroups groups() {
        return groups;
    }

    /** The comings and goings on nodes that there are. */
    ChangeJournal journal() {
        return journal;
    }

    private void note(PlacedPod pod, int sign) {
        if (pod.slot() >= 0) {
            forgetOrder(pod.slot());
            journal.record(pod.slot(), pod.group(), sign);
        }
    }

    private void forgetOrder(int slot) {
        if (slot >= 0 && slot < byImportance.size()) {
            byImportance.set(slot, NodePods.UNKNOWN);
        }
    }
}
