package dev.longshore.bench;

import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.stream.IntStream;

/** A scheduler with the default profile that knows a scenario's cluster, and places one pod after the other. */
final class Placing {
    private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(),
            new ClusterState(), new TieBreaker(1), true);
    private Instant now = Instant.EPOCH;

    Placing(Scenario scenario) {
        IntStream.range(0, scenario.nodes()).forEach(node -> {
            machine.handle(new SchedulerEvent.NodeSeen(NodeFacts.of(Scenario.node(node))), now);
            IntStream.range(0, scenario.podsOnNode()).mapToObj(number -> Scenario.present(node, number))
                    .forEach(pod -> machine.handle(new SchedulerEvent.PodSeen(PodInfo.of(pod)), now));
        });
    }

    /** Where the pod goes, after its victims are gone if it needs any. */
    Intent.Bind place(PodInfo pod) {
        machine.handle(new SchedulerEvent.PodSeen(pod), now);
        Intent intent = step();
        if (intent instanceof Intent.Preempt preempt) {
            leave(preempt);
            now = machine.wakeAt().orElse(now);
            intent = step();
        }
        if (intent instanceof Intent.Bind bind) {
            return bind;
        }
        throw new IllegalStateException("no node for a pod: " + intent);
    }

    private Intent step() {
        return machine.step(now).orElseThrow(() -> new IllegalStateException("nothing to decide"));
    }

    private void leave(Intent.Preempt preempt) {
        for (Intent.Target victim : preempt.victims()) {
            machine.handle(new SchedulerEvent.EvictionEnded(victim.uid(), true), now);
            machine.handle(new SchedulerEvent.PodGone(victim.uid()), now);
        }
    }
}
