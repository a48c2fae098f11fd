package dev.longshore.bench;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.common.time.Clock;
import dev.longshore.scheduler.state.PodInfo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decisions per second without a store, with every filter and score of the default profile: pods are seen, placed, and
 * stay. Each scenario against a naive look at every node; and the slowest decision of a hundred, and what a decision
 * leaves to the garbage collector.
 */
final class SchedulerBenchmark {
    private static final int ROUNDS = 5;
    private static final int QUICK_PART = 10;

    private final Clock clock;
    private final boolean quick;
    private final int rounds;

    /** @param quick one round with a tenth of the pods: enough to see that it runs, too little to compare */
    SchedulerBenchmark(Clock clock, boolean quick) {
        this.clock = clock;
        this.quick = quick;
        this.rounds = quick ? 1 : ROUNDS;
    }

    /** One run of a scenario. */
    private record Run(double perSecond, double p99Micros, double bytesPerDecision) {}

    /** @param only scenarios whose name contains this; "" for all */
    List<Result> run(String only) {
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            if (scenario.name().contains(only)) {
                System.err.println("measuring: " + scenario.name());
                results.addAll(measure(scenario));
            }
        }
        return results;
    }

    private List<Result> measure(Scenario scenario) {
        List<PodInfo> pods = IntStream.range(0, quick ? scenario.pods() / QUICK_PART : scenario.pods())
                .mapToObj(scenario.pod()).map(PodInfo::of).toList();
        List<Run> runs = new ArrayList<>();
        List<Double> references = new ArrayList<>();
        place(scenario, pods);
        placeNaively(scenario);
        for (int i = 0; i < rounds; i++) {
            references.add(placeNaively(scenario));
            runs.add(place(scenario, pods));
        }
        double perSecond = median(runs.stream().mapToDouble(Run::perSecond).toArray());
        double reference = median(references.stream().mapToDouble(Double::doubleValue).toArray());
        return List.of(new Result(scenario.name(), perSecond, "decisions/s", reference, perSecond / reference),
                limit(scenario.name() + ": p99", "us", runs.stream().mapToDouble(Run::p99Micros).toArray(), 1_000),
                limit(scenario.name() + ": garbage", "bytes/decision",
                        runs.stream().mapToDouble(Run::bytesPerDecision).toArray(), 1_000));
    }

    /** A figure against what it should stay below. */
    private static Result limit(String name, String unit, double[] values, double aim) {
        double value = median(values);
        return new Result(name, value, unit, aim, value / aim);
    }

    private Run place(Scenario scenario, List<PodInfo> pods) {
        Placing placing = new Placing(scenario);
        long[] nanos = new long[pods.size()];
        long bytesBefore = allocated();
        long start = clock.nanos();
        long before = start;
        for (int i = 0; i < nanos.length; i++) {
            placing.place(pods.get(i));
            long end = clock.nanos();
            nanos[i] = end - before;
            before = end;
        }
        double perSecond = nanos.length * 1e9 / (before - start);
        double bytes = (double) (allocated() - bytesBefore) / nanos.length;
        Arrays.sort(nanos);
        return new Run(perSecond, nanos[nanos.length * 99 / 100] / 1e3, bytes);
    }

    private double placeNaively(Scenario scenario) {
        NaiveScheduler naive = new NaiveScheduler();
        IntStream.range(0, scenario.nodes()).forEach(node -> {
            naive.add(Scenario.node(node));
            IntStream.range(0, scenario.podsOnNode())
                    .forEach(number -> naive.put(Scenario.present(node, number), node));
        });
        List<Pod> pods = IntStream.range(0, scenario.referencePods()).mapToObj(scenario.pod()).toList();
        long start = clock.nanos();
        pods.forEach(scenario.podsOnNode() > 0 ? naive::preempt : naive::place);
        return pods.size() * 1e9 / (clock.nanos() - start);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
