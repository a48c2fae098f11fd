package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/**
 * Why a pod has no node.
 *
 * @param foreign  whether another scheduler places the pod
 * @param decision what the scheduler would decide about it now, gates aside
 * @param nodes    what the rules say, node by node; empty if something is wrong with the pod whatever the nodes are
 * @param remedies single changes that place it, the smallest first; empty when none is known
 * @param omitted  how many more there are
 * @param cut      whether changes were left untried because there were too many
 */
public record Why(PodInfo pod, boolean foreign, Decision decision, List<NodeVerdicts> nodes, List<Remedy> remedies,
        int omitted,
        boolean cut) {
    public Why {
        nodes = List.copyOf(nodes);
        remedies = List.copyOf(remedies);
    }
}
