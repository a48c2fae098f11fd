package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.util.Comparator;
import java.util.List;

/**
 * A cluster at one moment.
 *
 * @param nodes   in the order of their names
 * @param pods    all of them, with a node or without
 * @param objects what else rules ask about
 */
public record Snapshot(List<NodeFacts> nodes, List<PodInfo> pods, List<ClusterObject> objects) {
    public Snapshot {
        nodes = nodes.stream().sorted(Comparator.comparing(NodeFacts::name)).toList();
        pods = List.copyOf(pods);
        objects = List.copyOf(objects);
    }
}
