package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Optional;

/** Refuses pods that no node can help, before any node is looked at. */
public interface PodRule {
    Optional<Verdict> refuse(PodRequirements pod, ClusterState state);
}
