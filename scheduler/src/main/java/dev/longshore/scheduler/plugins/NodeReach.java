package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.TopologySelectorLabelRequirement;
import dev.longshore.api.core.v1.TopologySelectorTerm;
import dev.longshore.api.values.LabelRequirement;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.util.BitSet;

/** Which nodes storage can be reached from. Every answer is a new bitset. */
public final class NodeReach {
    private NodeReach() {
    }

    /** Whether the volume can be used on the node of that name; false for one that is not known. */
    public static boolean reaches(VolumeFacts volume, String node, ClusterState state) {
        int slot = state.slot(node);
        return slot >= 0 && of(volume, state).get(slot);
    }

    /** The nodes that the volume's node affinity allows. */
    static BitSet of(VolumeFacts volume, ClusterState state) {
        if (volume.nodes().isEmpty()) {
            return (BitSet) state.present().clone();
        }
        BitSet reached = new BitSet();
        for (NodeSelectorTerm term : volume.nodes().get()) {
            reached.or(byLabels(term, state));
        }
        return reached;
    }

    /** A volume is asked about labels alone: no name is among those wanted, and all are others (Kubernetes 1.32). */
    private static BitSet byLabels(NodeSelectorTerm term, ClusterState state) {
        if (term.getMatchFieldsList().stream().anyMatch(field -> !field.getOperator().equals("NotIn"))) {
            return new BitSet();
        }
        return term.getMatchFieldsCount() > 0 && term.getMatchExpressionsCount() == 0
                ? (BitSet) state.present().clone()
                : NodeTerms.matching(term.toBuilder().clearMatchFields().build(), state);
    }

    /** The nodes for which volumes of the class can be made. */
    static BitSet of(ClassFacts storageClass, ClusterState state) {
        if (storageClass.topologies().isEmpty()) {
            return (BitSet) state.present().clone();
        }
        BitSet reached = new BitSet();
        storageClass.topologies().forEach(term -> reached.or(matching(term, state)));
        return reached;
    }

    /** A term without requirements matches nothing. */
    private static BitSet matching(TopologySelectorTerm term, ClusterState state) {
        if (term.getMatchLabelExpressionsCount() == 0) {
            return new BitSet();
        }
        BitSet matching = (BitSet) state.present().clone();
        for (TopologySelectorLabelRequirement requirement : term.getMatchLabelExpressionsList()) {
            BitSet any = new BitSet();
            requirement.getValuesList().forEach(value -> any.or(state.labels().with(requirement.getKey(), value)));
            matching.and(any);
        }
        return matching;
    }

    /** The nodes that reach the place where there is room. */
    static BitSet of(RoomFacts room, ClusterState state) {
        BitSet reached = (BitSet) state.present().clone();
        for (LabelRequirement requirement : room.nodes().requirements()) {
            BitSet wanted = switch (requirement) {
                case LabelRequirement.Equal(var key, var value) -> state.labels().with(key, value);
                case LabelRequirement.NotEqual _,LabelRequirement.In _,LabelRequirement.NotIn _,LabelRequirement.Exists _,LabelRequirement.Missing _,LabelRequirement.Above _,LabelRequirement.Below _,LabelRequirement.Never _ ->
                    oneByOne(requirement, reached, state);
            };
            reached.and(wanted);
        }
        return reached;
    }

    private static BitSet oneByOne(LabelRequirement requirement, BitSet nodes, ClusterState state) {
        BitSet matching = new BitSet();
        for (int slot = nodes.nextSetBit(0); slot >= 0; slot = nodes.nextSetBit(slot + 1)) {
            matching.set(slot, requirement.matches(state.facts(slot).labels()));
        }
        return matching;
    }
}
