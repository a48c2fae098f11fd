package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.LabelIndex;
import java.util.BitSet;
import java.util.OptionalLong;

/** Which nodes a node selector term matches (Kubernetes API, NodeSelectorTerm). */
final class NodeTerms {
    static final String NAME_FIELD = "metadata.name";

    private NodeTerms() {
    }

    /** A new bitset; a term without requirements matches nothing. */
    static BitSet matching(NodeSelectorTerm term, ClusterState state) {
        if (term.getMatchExpressionsCount() == 0 && term.getMatchFieldsCount() == 0) {
            return new BitSet();
        }
        BitSet nodes = (BitSet) state.present().clone();
        term.getMatchExpressionsList().forEach(requirement -> nodes.and(labels(requirement, state)));
        term.getMatchFieldsList().forEach(requirement -> nodes.and(fields(requirement, state)));
        return nodes;
    }

    private static BitSet labels(NodeSelectorRequirement requirement, ClusterState state) {
        LabelIndex labels = state.labels();
        String key = requirement.getKey();
        BitSet any = new BitSet();
        return switch (requirement.getOperator()) {
            case "In" -> {
                requirement.getValuesList().forEach(value -> any.or(labels.with(key, value)));
                yield any;
            }
            case "NotIn" -> {
                requirement.getValuesList().forEach(value -> any.or(labels.with(key, value)));
                yield others(any, state);
            }
            case "Exists" -> labels.having(key);
            case "DoesNotExist" -> others(labels.having(key), state);
            case "Gt" -> compared(requirement, labels, 1);
            case "Lt" -> compared(requirement, labels, -1);
            default -> any;
        };
    }

    private static BitSet fields(NodeSelectorRequirement requirement, ClusterState state) {
        BitSet named = new BitSet();
        for (String name : requirement.getValuesList()) {
            int slot = state.slot(name);
            if (slot >= 0) {
                named.set(slot);
            }
        }
        return switch (requirement.getOperator()) {
            case "In" -> named;
            case "NotIn" -> others(named, state);
            default -> new BitSet();
        };
    }

    private static BitSet compared(NodeSelectorRequirement requirement, LabelIndex labels, int sign) {
        BitSet matching = new BitSet();
        OptionalLong bound = requirement.getValuesCount() == 1
                ? number(requirement.getValues(0))
                : OptionalLong.empty();
        if (bound.isPresent()) {
            labels.values(requirement.getKey(), (value, nodes) -> {
                OptionalLong found = number(value);
                if (found.isPresent() && Long.compare(found.getAsLong(), bound.getAsLong()) == sign) {
                    matching.or(nodes);
                }
            });
        }
        return matching;
    }

    private static BitSet others(BitSet nodes, ClusterState state) {
        BitSet others = (BitSet) state.present().clone();
        others.andNot(nodes);
        return others;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
