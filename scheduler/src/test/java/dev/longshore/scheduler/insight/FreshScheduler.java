package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A scheduler that knows nothing but the objects it is shown. */
final class FreshScheduler {
    /** Turns in which it may evict, wait and try again. */
    private static final int TURNS = 8;

    private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(),
            new ClusterState(), new TieBreaker(7), true);
    private final Objects cluster;
    private Instant now = Instant.ofEpochSecond(1_000);

    private FreshScheduler(Objects cluster) {
        this.cluster = cluster;
        cluster.nodes.forEach(node -> tell(new SchedulerEvent.NodeSeen(NodeFacts.of(node))));
        cluster.others.forEach(object -> tell(new SchedulerEvent.ObjectSeen(object)));
        cluster.pods.forEach(pod -> tell(new SchedulerEvent.PodSeen(PodInfo.of(pod))));
        tell(new SchedulerEvent.PodSeen(cluster.pod()));
    }

    /** The node that the pending pod gets, once pods that have to leave for it have left; empty for none. */
    static Optional<String> nodeFor(Objects cluster) {
        return new FreshScheduler(cluster).place(cluster.pod().uid());
    }

    private Optional<String> place(String uid) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Intent> intent = machine.step(now);
            if (intent.isPresent() && intent.get() instanceof Intent.Bind bind && bind.uid().equals(uid)) {
                return Optional.of(bind.node());
            }
            if (intent.isPresent() && intent.get() instanceof Intent.Preempt preempt) {
                preempt.victims().forEach(victim -> tell(new SchedulerEvent.EvictionEnded(victim.uid(), true)));
                preempt.victims().forEach(victim -> tell(new SchedulerEvent.PodGone(victim.uid())));
                leaving(preempt.node()).forEach(pod -> tell(new SchedulerEvent.PodGone(pod.uid())));
            }
            now = now.plusSeconds(30);
        }
        return Optional.empty();
    }

    /** Victims that leave already, and so are not named again. */
    private List<PodInfo> leaving(String node) {
        return cluster.pods.stream().map(PodInfo::of).filter(pod -> pod.leaving() && pod.nodeName().equals(node)
                && pod.priority() < cluster.pod().priority()).toList();
    }

    private void tell(SchedulerEvent event) {
        machine.handle(event, now);
    }
}
