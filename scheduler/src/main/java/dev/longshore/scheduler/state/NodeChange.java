package dev.longshore.scheduler.state;

import java.util.ArrayList;
import java.util.List;

/** What about a node is different; waiting pods that such a change may help are tried again. */
public enum NodeChange {
    ADDED, ALLOCATABLE, LABELS, TAINTS, CORDON;

    static List<NodeChange> between(NodeFacts before, NodeFacts after) {
        List<NodeChange> changes = new ArrayList<>();
        if (!before.allocatable().equals(after.allocatable())) {
            changes.add(ALLOCATABLE);
        }
        if (!before.labels().equals(after.labels())) {
            changes.add(LABELS);
        }
        if (!before.taints().equals(after.taints())) {
            changes.add(TAINTS);
        }
        if (before.unschedulable() != after.unschedulable()) {
            changes.add(CORDON);
        }
        return changes;
    }
}
