package dev.longshore.scheduler.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes as they are by themselves, whoever is on them. Each has a slot; the lowest one free is the next one's.
 * Owner: the scheduler's thread.
 */
final class NodeSlots {
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<NodeFacts> facts = new ArrayList<>();
    private final BitSet present = new BitSet();
    private final BitSet unschedulable = new BitSet();
    private final LabelIndex labels = new LabelIndex();
    private final TaintIndex taints = new TaintIndex();
    private final ImageIndex images = new ImageIndex();
    private final Map<String, Topology> topologies = new HashMap<>();
    private final Map<String, Topology> nodesApart = new HashMap<>();
    private Optional<NodeOrder> order = Optional.empty();
    private long version;

    /** Takes in a node as it is now; it keeps its slot. Answers the slot. */
    int put(NodeFacts node) {
        int known = slot(node.name());
        int slot = known >= 0 ? known : present.nextClearBit(0);
        if (known >= 0) {
            unindex(slot);
        } else {
            slots.put(node.name(), slot);
            order = Optional.empty();
        }
        while (facts.size() <= slot) {
            facts.add(node);
        }
        facts.set(slot, node);
        index(slot, node);
        changed();
        return slot;
    }

    /** Forgets a node that is known. Answers the slot that it leaves. */
    int remove(String name) {
        int slot = slots.remove(name);
        order = Optional.empty();
        unindex(slot);
        changed();
        return slot;
    }

    Optional<NodeFacts> node(String name) {
        return Optional.ofNullable(slots.get(name)).map(facts::get);
    }

    NodeFacts facts(int slot) {
        return facts.get(slot);
    }

    /** The slot of a node, or -1. */
    int slot(String name) {
        return slots.getOrDefault(name, -1);
    }

    int count() {
        return slots.size();
    }

    NodeOrder order() {
        if (order.isEmpty()) {
            order = Optional.of(NodeOrder.of(slots, facts.size()));
        }
        return order.get();
    }

    BitSet present() {
        return present;
    }

    BitSet unschedulable() {
        return unschedulable;
    }

    LabelIndex labels() {
        return labels;
    }

    TaintIndex taints() {
        return taints;
    }

    ImageIndex images() {
        return images;
    }

    Topology topology(String key) {
        return topologies.computeIfAbsent(key, _ -> Topology.of(key, labels, present));
    }

    Topology nodesApart(String key) {
        return nodesApart.computeIfAbsent(key, _ -> Topology.ofNodes(labels.having(key), present));
    }

    /** Changes whenever a node comes, goes, or has other facts. */
    long version() {
        return version;
    }

    private void changed() {
        version++;
        topologies.clear();
        nodesApart.clear();
    }

    private void index(int slot, NodeFacts node) {
        present.set(slot);
        unschedulable.set(slot, node.unschedulable());
        labels.add(slot, node.labels());
        taints.add(slot, node.taints());
        images.add(slot, node.images());
    }

    private void unindex(int slot) {
        NodeFacts node = facts.get(slot);
        present.clear(slot);
        unschedulable.clear(slot);
        labels.remove(slot, node.labels());
        taints.remove(slot, node.taints());
        images.remove(slot, node.images());
    }
}
