package dev.longshore.bench;

import dev.longshore.scheduler.state.PodInfo;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The same decisions as {@link SchedulerBenchmark} under JMH, for its profilers and error bars, in a Java of their own for
 * each scenario. The pods of a scenario come in portions; after the last one the cluster is empty again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
        "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 2 * SchedulerBench.FULL)
@Measurement(iterations = 2 * SchedulerBench.FULL)
public class SchedulerBench {
    /** Pods in a portion; no scenario has fewer. */
    private static final int PODS = 2_000;
    /** No scenario has more portions. */
    static final int FULL = 25;

    @Param({"equal pods on 5000 nodes", "all pods different", "required zone spread", "anti-affinity by hostname",
            "affinity by zone", "preferred anti-affinity", "preemption", "equal pods on 100000 nodes"})
    private String scenario;

    private Scenario chosen;
    private List<PodInfo> pods;
    private Placing placing;
    private int placed;

    /** Reads the pods, so that reading is not measured. */
    @Setup(Level.Trial)
    public void choose() {
        chosen = Scenario.named(scenario);
        pods = IntStream.range(0, chosen.pods()).mapToObj(chosen.pod()).map(PodInfo::of).toList();
        placing = new Placing(chosen);
    }

    /** Starts with an empty cluster where no further portion is left. */
    @Setup(Level.Invocation)
    public void makeRoom() {
        if (placed + PODS > pods.size()) {
            placing = new Placing(chosen);
            placed = 0;
        }
    }

    /** From the pod that is seen to the node that it gets. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public void decide(Blackhole told) {
        pods.subList(placed, placed + PODS).forEach(pod -> told.consume(placing.place(pod)));
        placed += PODS;
    }
}
