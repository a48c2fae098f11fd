package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.PodInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pods that wait for the room of their victims, by the node where that is, and the victims that still have it. To
 * pods of the same or lower priority the room is taken. Owner: the scheduler's thread.
 *
 * <p>A nomination counts from the moment it is decided, although its pod shows it later. What a pod shows is news only
 * when it is something else than it showed before: an older version must not undo a decision.
 */
public final class Nominations {
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, TreeMap<String, PodInfo>> pods = new HashMap<>();
    private final Map<String, String> shown = new HashMap<>();
    private final Set<String> victims = new HashSet<>();

    /** Notes that the pod waits for this node, and for no other. */
    public void put(PodInfo pod, String node) {
        remove(pod.uid());
        nodes.put(pod.uid(), node);
        pods.computeIfAbsent(node, _ -> new TreeMap<>()).put(pod.uid(), pod);
    }

    /** Forgets that the pod waits for a node. Answers which it was. */
    public Optional<String> remove(String uid) {
        String node = nodes.remove(uid);
        if (node != null) {
            pods.computeIfPresent(node, (_, waiting) -> {
                waiting.remove(uid);
                return waiting.isEmpty() ? null : waiting;
            });
        }
        return Optional.ofNullable(node);
    }

    /** Takes in a pod that waits, as it is now. Answers the node it no longer waits for. */
    Optional<String> seen(PodInfo pod) {
        String before = nodes.getOrDefault(pod.uid(), "");
        String after = shows(pod) ? pod.nominated() : before;
        if (after.isEmpty()) {
            return remove(pod.uid());
        }
        put(pod, after);
        return before.isEmpty() || before.equals(after) ? Optional.empty() : Optional.of(before);
    }

    /** Takes note of what the pod shows; true if that is news. */
    boolean shows(PodInfo pod) {
        String before = pod.nominated().isEmpty()
                ? shown.remove(pod.uid())
                : shown.put(pod.uid(), pod.nominated());
        return !pod.nominated().equals(before == null ? "" : before);
    }

    /** Forgets all about a pod that is gone or has its node. Answers the node it waited for. */
    Optional<String> forget(String uid) {
        shown.remove(uid);
        victims.remove(uid);
        return remove(uid);
    }

    /** Notes that the pod is being evicted, although it does not show that yet. */
    void evicts(String victim) {
        victims.add(victim);
    }

    /** Notes that the pod is not evicted after all. */
    void keeps(String victim) {
        victims.remove(victim);
    }

    /** Whether the pod is on its way out for another one. */
    boolean leaves(PodInfo pod) {
        return pod.leaving() && pod.preempted() || victims.contains(pod.uid());
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** The node that the pod waits for. */
    Optional<String> nodeOf(String uid) {
        return Optional.ofNullable(nodes.get(uid));
    }

    /** The pod as it was when last seen, if it waits for a node. */
    Optional<PodInfo> waiting(String uid) {
        return nodeOf(uid).map(node -> pods.get(node).get(uid));
    }

    /** The nodes that someone waits for. */
    Set<String> nodes() {
        return pods.keySet();
    }

    /** Of the pods that wait for the node those that do not give way to this one, by uid. */
    List<PodInfo> against(PodInfo pod, String node) {
        return on(node).stream().filter(other -> other.priority() >= pod.priority() && !other.uid().equals(pod.uid()))
                .toList();
    }

    /** Of the pods that wait for the node those that give way to this one, by uid. */
    List<PodInfo> below(PodInfo pod, String node) {
        return on(node).stream().filter(other -> other.priority() < pod.priority()).toList();
    }

    /** The pods that wait for the node, by uid. */
    Collection<PodInfo> on(String node) {
        TreeMap<String, PodInfo> waiting = pods.get(node);
        return waiting == null ? List.of() : waiting.values();
    }
}
