package dev.longshore.bench;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decisions per second for equal pods, without a store: pods are seen, placed and gone again. The reference looks at
 * every node for every pod, for room and for the least taken.
 */
final class SchedulerBenchmark {
    static final int NODES = 5_000;
    private static final int PODS = 1_000;
    private static final int REFERENCE_PODS = 20;
    private static final Instant START = Instant.EPOCH;

    private final Stopwatch stopwatch;
    private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(),
            new ClusterState(), new TieBreaker(1), true);
    private final List<PodInfo> pods = new ArrayList<>();
    private final List<PlainNode> nodes = new ArrayList<>();

    SchedulerBenchmark(Stopwatch stopwatch) {
        this.stopwatch = stopwatch;
    }

    /** A node as one would write it without a second thought. */
    private static final class PlainNode {
        private final long cpuMillis = 32_000;
        private final long memoryBytes = 128L << 30;
        private long cpuTaken;
        private long memoryTaken;

        boolean fits() {
            return cpuTaken + Samples.CPU_MILLIS <= cpuMillis && memoryTaken + Samples.MEMORY_BYTES <= memoryBytes;
        }

        double score() {
            return (cpuMillis - cpuTaken - Samples.CPU_MILLIS) * 50.0 / cpuMillis
                    + (memoryBytes - memoryTaken - Samples.MEMORY_BYTES) * 50.0 / memoryBytes;
        }

        void take(int pods) {
            cpuTaken += pods * Samples.CPU_MILLIS;
            memoryTaken += pods * Samples.MEMORY_BYTES;
        }
    }

    List<Result> run() {
        for (int i = 0; i < NODES; i++) {
            machine.handle(new SchedulerEvent.NodeSeen(NodeFacts.of(Samples.node("node-" + i))), START);
            nodes.add(new PlainNode());
        }
        for (int i = 0; i < PODS; i++) {
            Pod pod = Samples.pod("pod-" + i);
            pods.add(PodInfo.of(pod));
        }
        return List.of(stopwatch.compare("equal pods, " + NODES + " nodes", "decisions/s", this::place,
                this::placePlainly));
    }

    private int place() {
        pods.forEach(pod -> machine.handle(new SchedulerEvent.PodSeen(pod), START));
        int placed = 0;
        for (int i = 0; i < PODS; i++) {
            placed += machine.step(START).filter(Intent.Bind.class::isInstance).isPresent() ? 1 : 0;
        }
        pods.forEach(pod -> machine.handle(new SchedulerEvent.PodGone(pod.uid()), START));
        if (placed != PODS) {
            throw new IllegalStateException("only " + placed + " of " + PODS + " pods found a node");
        }
        return placed;
    }

    private int placePlainly() {
        List<PlainNode> taken = new ArrayList<>(REFERENCE_PODS);
        for (int i = 0; i < REFERENCE_PODS; i++) {
            PlainNode best = nodes.getFirst();
            double highest = -1;
            for (PlainNode node : nodes) {
                if (node.fits() && node.score() > highest) {
                    highest = node.score();
                    best = node;
                }
            }
            best.take(1);
            taken.add(best);
        }
        taken.forEach(node -> node.take(-1));
        return REFERENCE_PODS;
    }
}
