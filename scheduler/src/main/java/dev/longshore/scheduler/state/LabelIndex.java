package dev.longshore.scheduler.state;

import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Which nodes have a label: the slots of nodes for each key and value. */
public final class LabelIndex {
    private static final BitSet NOBODY = new BitSet();
    private static final NodeSet NO_NODES = new NodeSet();

    private final Map<String, Values> keys = new TreeMap<>();

    void add(int slot, SortedMap<String, String> labels) {
        labels.forEach((key, value) -> {
            Values values = keys.computeIfAbsent(key, _ -> new Values(new BitSet(), new TreeMap<>()));
            values.having.set(slot);
            values.nodes.computeIfAbsent(value, _ -> new NodeSet()).add(slot);
        });
    }

    void remove(int slot, SortedMap<String, String> labels) {
        labels.forEach((key, value) -> {
            Values values = keys.get(key);
            values.having.clear(slot);
            values.nodes.get(value).remove(slot);
            if (values.nodes.get(value).isEmpty()) {
                values.nodes.remove(value);
            }
            if (values.having.isEmpty()) {
                keys.remove(key);
            }
        });
    }

    /** The nodes with this label. Do not modify. */
    public BitSet with(String key, String value) {
        Values values = keys.get(key);
        return values == null ? NOBODY : values.nodes.getOrDefault(value, NO_NODES).asBits();
    }

    /** The nodes with any label of this key. Do not modify. */
    public BitSet having(String key) {
        Values values = keys.get(key);
        return values == null ? NOBODY : values.having;
    }

    /** Calls back for each value of a key, in the order of the values. Do not modify the bitsets. */
    public void values(String key, BiConsumer<String, BitSet> each) {
        sets(key, (value, nodes) -> each.accept(value, nodes.asBits()));
    }

    /** As {@link #values}, for keys of which nodes have values of their own. */
    void sets(String key, BiConsumer<String, NodeSet> each) {
        Values values = keys.get(key);
        if (values != null) {
            values.nodes.forEach(each);
        }
    }

    /** How many values of a key there are. */
    int valueCount(String key) {
        Values values = keys.get(key);
        return values == null ? 0 : values.nodes.size();
    }

    boolean has(String key, int slot) {
        return having(key).get(slot);
    }

    private record Values(BitSet having, Map<String, NodeSet> nodes) {}
}
