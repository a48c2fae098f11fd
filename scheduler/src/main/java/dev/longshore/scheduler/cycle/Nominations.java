package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.state.PodInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pods that wait for the room of their victims, by the node where that is. To pods of the same or lower priority
 * the room is taken. Owner: the scheduler's thread.
 */
public final class Nominations {
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, TreeMap<String, PodInfo>> pods = new HashMap<>();

    /** Notes that the pod waits for this node, and for no other. */
    public void put(PodInfo pod, String node) {
        remove(pod.uid());
        nodes.put(pod.uid(), node);
        pods.computeIfAbsent(node, _ -> new TreeMap<>()).put(pod.uid(), pod);
    }

    /** Forgets that the pod waits for a node. */
    public void remove(String uid) {
        String node = nodes.remove(uid);
        if (node != null) {
            pods.computeIfPresent(node, (_, waiting) -> {
                waiting.remove(uid);
                return waiting.isEmpty() ? null : waiting;
            });
        }
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** The nodes that someone waits for. */
    Set<String> nodes() {
        return pods.keySet();
    }

    /** The pods that wait for the node, by uid. */
    Collection<PodInfo> on(String node) {
        TreeMap<String, PodInfo> waiting = pods.get(node);
        return waiting == null ? List.of() : waiting.values();
    }
}
