package dev.longshore.bench.endtoend;

import dev.longshore.api.ResourceTypes;
import dev.longshore.bench.Result;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** One run: nodes, pods that warm up, pods that are measured; and before, what etcd alone can do. */
final class EndToEnd {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration PROGRESS = Duration.ofSeconds(2);
    /** After so long without a single bound pod a run is given up. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
    private static final int NODE_CLIENTS = 64;
    private static final int PODS_ON_NODE = 110;

    private final Environment environment;
    private final Plan plan;

    /**
     * @param batch   pods in one call by gRPC; empty: one at a time by HTTP
     * @param profile the beginning of the names of the flight recorder's files
     */
    record Plan(int nodes, int pods, int warmUp, int clients, Shape shape, Optional<Integer> batch,
            Optional<Path> profile) {}

    EndToEnd(Environment environment, Plan plan) {
        this.environment = environment;
        this.plan = plan;
    }

    List<Result> run() throws Exception {
        List<Result> results = new ArrayList<>();
        TemporaryDirectory.use("longshore-bench-", directory -> {
            try (ControlPlane plane = new ControlPlane(directory, environment)) {
                say("starting etcd, the API server and the scheduler");
                plane.start(plan.profile());
                say("measuring etcd alone");
                double raw = new RawStore(plane.storeUrl(), environment).putsPerSecond();
                createNodes(plane);
                results.addAll(measure(plane, raw));
            }
        });
        return results;
    }

    private void createNodes(ControlPlane plane) throws Exception {
        say("creating " + plan.nodes() + " nodes");
        List<Callable<Void>> requests = IntStream.range(0, plan.nodes())
                .mapToObj(number -> Shape.node(number, PODS_ON_NODE))
                .map(node -> (Callable<Void>) () -> {
                    plane.client().create(ResourceTypes.NODES, node);
                    return null;
                }).toList();
        new Load(environment.clock(), NODE_CLIENTS).send(requests);
    }

    private List<Result> measure(ControlPlane plane, double raw) throws Exception {
        PodClient client = plan.batch().isPresent()
                ? PodClient.grpc(plane.client())
                : PodClient.http(plane.httpUrl(), plane.administrator());
        try (BindingLedger bound = new BindingLedger(plane.client(), environment.clock(), PODS_ON_NODE)) {
            say("warming up with " + plan.warmUp() + " pods");
            create(client, "warm-", plan.warmUp());
            awaitBound(plane, bound, plan.warmUp());
            say("creating " + plan.pods() + " pods");
            Map<String, Duration> before = plane.children().cpu();
            Duration ownBefore = ownCpu();
            Load.Times times = create(client, "pod-", plan.pods());
            awaitBound(plane, bound, plan.warmUp() + plan.pods());
            if (!bound.violations().isEmpty()) {
                throw new IOException("bound wrongly: " + bound.violations().getFirst());
            }
            double boundPerSecond = plan.pods() * 1e9 / (bound.lastBoundNanos() - times.startNanos());
            double createdPerSecond = plan.pods() * 1e9 / times.nanos();
            List<Result> results = new ArrayList<>(List.of(
                    new Result("bound", boundPerSecond, "pods/s", raw, boundPerSecond / raw),
                    new Result("created", createdPerSecond, "pods/s", raw, createdPerSecond / raw),
                    Result.alone("create: p50", times.millis(50) * 1e3, "us"),
                    Result.alone("create: p99", times.millis(99) * 1e3, "us")));
            plane.children().cpu().forEach((name, used) -> results.add(perPod(name, used.minus(before.get(name)))));
            results.add(perPod("clients", ownCpu().minus(ownBefore)));
            plane.children().memory().forEach((name, bytes) -> results.add(
                    Result.alone("memory of " + name, bytes / 1e6, "MB")));
            return results;
        }
    }

    private Result perPod(String name, Duration used) {
        return Result.alone("processor time of " + name, used.toNanos() / 1e3 / plan.pods(), "us/pod");
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Load.Times create(PodClient client, String prefix, int count) throws Exception {
        int batch = plan.batch().orElse(1);
        List<Callable<Void>> requests = IntStream.iterate(0, first -> first < count, first -> first + batch)
                .mapToObj(first -> client.creating(IntStream.range(first, Math.min(count, first + batch))
                        .mapToObj(number -> plan.shape().pod(prefix + number)).toList()))
                .toList();
        return new Load(environment.clock(), plan.clients()).send(requests);
    }

    private void awaitBound(ControlPlane plane, BindingLedger bound, int count)
            throws IOException, InterruptedException {
        int last = bound.bound();
        Duration still = Duration.ZERO;
        while (!new Waiting(environment, STEP).until(() -> bound.bound() >= count, PROGRESS)) {
            plane.children().requireAlive();
            int now = bound.bound();
            say(String.format(Locale.ROOT, "  %,d of %,d pods are bound", now, count));
            still = now == last ? still.plus(PROGRESS) : Duration.ZERO;
            if (still.compareTo(STALL_LIMIT) >= 0) {
                throw new IOException("no pod was bound for " + STALL_LIMIT.toSeconds() + " s; " + (count - now)
                        + " of " + count + " are not");
            }
            last = now;
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
