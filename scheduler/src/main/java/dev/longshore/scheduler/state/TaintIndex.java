package dev.longshore.scheduler.state;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Which nodes have a taint. Clusters have few distinct taints, so a rule visits each once instead of each node. */
public final class TaintIndex {
    private final Map<NodeTaint, BitSet> nodes = new TreeMap<>(
            Comparator.comparing(NodeTaint::key).thenComparing(NodeTaint::value).thenComparing(NodeTaint::effect));

    void add(int slot, List<NodeTaint> taints) {
        taints.forEach(taint -> nodes.computeIfAbsent(taint, _ -> new BitSet()).set(slot));
    }

    void remove(int slot, List<NodeTaint> taints) {
        taints.forEach(taint -> nodes.computeIfPresent(taint, (_, slots) -> {
            slots.clear(slot);
            return slots.isEmpty() ? null : slots;
        }));
    }

    /** Calls back for each distinct taint with the nodes that have it. Do not modify the bitsets. */
    public void each(BiConsumer<NodeTaint, BitSet> visitor) {
        nodes.forEach(visitor);
    }

    /** Whether no node has such a taint. */
    public boolean noneMatch(Predicate<NodeTaint> condition) {
        for (NodeTaint taint : nodes.keySet()) {
            if (condition.test(taint)) {
                return false;
            }
        }
        return true;
    }
}
