package dev.longshore.bench.endtoend;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.bench.Result;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Runs in which a scheduler dies or stalls while it places pods. The nodes take exactly as many pods as there are, so a
 * pod that is bound twice or forgotten shows.
 */
final class Crashes {
    static final int PODS_ON_NODE = 100;
    private static final int CLIENTS = 64;
    private static final int STORED_AT_ONCE = 4_000;
    /** Pods in one create. */
    private static final int BATCH = 50;
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration BOUND_LIMIT = Duration.ofSeconds(120);
    /** A kill comes within this time after the first pod was bound. */
    private static final int KILL_WITHIN_MILLIS = 1_500;
    /** Longer than a lease lasts and the next leader needs to notice. */
    private static final Duration STALL = Duration.ofSeconds(20);

    private final Environment environment;
    private final Plan plan;
    private final List<String> violations = new ArrayList<>();
    private int nodes;

    /** @param stored pods that are stored when a restart is timed; 0: none is */
    record Plan(int runs, int stalls, int pods, int stored) {}

    Crashes(Environment environment, Plan plan) {
        this.environment = environment;
        this.plan = plan;
    }

    /** What must not have happened. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    List<Result> run() throws Exception {
        List<Result> results = new ArrayList<>();
        TemporaryDirectory.use("longshore-crash-", directory -> {
            try (ControlPlane plane = new ControlPlane(directory, environment)) {
                plane.start(Optional.empty());
                addNodes(plane, (plan.pods() + PODS_ON_NODE - 1) / PODS_ON_NODE);
                try (BindingLedger ledger = new BindingLedger(plane.client(), environment.clock(), PODS_ON_NODE)) {
                    results.addAll(kills(plane, ledger));
                    stalls(plane, ledger);
                    results.add(Result.alone("stalls of a leader", plan.stalls(), "runs"));
                    results.addAll(restart(plane, ledger));
                    violations.addAll(ledger.violations());
                }
            }
        });
        results.add(Result.alone("violations", violations.size(), ""));
        return results;
    }

    private void addNodes(ControlPlane plane, int count) throws InterruptedException, ExecutionException {
        int first = nodes;
        nodes += count;
        send(IntStream.range(first, nodes).mapToObj(number -> Shape.node(number, PODS_ON_NODE))
                .map(node -> (Callable<?>) () -> plane.client().create(ResourceTypes.NODES, node)).toList());
    }

    private void send(List<? extends Callable<?>> requests) throws InterruptedException, ExecutionException {
        new Load(environment.clock(), CLIENTS).send(requests);
    }

    private List<Result> kills(ControlPlane plane, BindingLedger ledger) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            CompletableFuture<Void> creating = create(plane, "kill-" + run + "-", plan.pods());
            await(plane, () -> ledger.bound() > 0, "no pod was bound");
            new Waiting(environment, STEP).until(() -> false,
                    Duration.ofMillis(environment.randomness().below(KILL_WITHIN_MILLIS)));
            int bound = ledger.bound();
            plane.children().kill("scheduler");
            // What was on its way when it died may still arrive.
            new Waiting(environment, STEP).until(() -> false, STEP.multipliedBy(10));
            int settled = ledger.bound();
            long begun = environment.clock().nanos();
            plane.startScheduler("scheduler", Optional.empty());
            if (settled < plan.pods()) {
                await(plane, () -> ledger.bound() > settled, "no pod was bound after the restart");
                seconds.add((environment.clock().nanos() - begun) / 1e9);
            }
            creating.join();
            awaitAll(plane, ledger, plan.pods());
            say(String.format(Locale.ROOT, "run %d of %d: killed at %,d of %,d pods", run + 1, plan.runs(), bound,
                    plan.pods()));
            clear(plane, ledger);
        }
        if (seconds.isEmpty()) {
            return List.of(Result.alone("kills of the scheduler", plan.runs(), "runs"));
        }
        List<Double> sorted = seconds.stream().sorted().toList();
        return List.of(Result.alone("kills of the scheduler", plan.runs(), "runs"),
                Result.alone("start to first bind: p50", sorted.get(sorted.size() / 2) * 1e3, "ms"),
                Result.alone("start to first bind: most", sorted.getLast() * 1e3, "ms"));
    }

    /** The leader stands still for longer than its lease while pods wait; another takes over, then it goes on. */
    private void stalls(ControlPlane plane, BindingLedger ledger) throws Exception {
        if (plan.stalls() == 0) {
            return;
        }
        plane.startScheduler("standby", Optional.empty());
        String leader = "scheduler";
        for (int run = 0; run < plan.stalls(); run++) {
            CompletableFuture<Void> creating = create(plane, "stall-" + run + "-", plan.pods());
            await(plane, () -> ledger.bound() > 0, "no pod was bound");
            plane.children().signal(leader, "STOP");
            int bound = ledger.bound();
            new Waiting(environment, STEP).until(() -> ledger.bound() >= plan.pods(), STALL);
            plane.children().signal(leader, "CONT");
            creating.join();
            awaitAll(plane, ledger, plan.pods());
            say(String.format(Locale.ROOT, "stall %d of %d: the leader stood still at %,d of %,d pods", run + 1,
                    plan.stalls(), bound, plan.pods()));
            clear(plane, ledger);
            leader = leader.equals("scheduler") ? "standby" : "scheduler";
        }
        plane.children().kill("standby");
        plane.children().kill("scheduler");
        plane.startScheduler("scheduler", Optional.empty());
    }

    private List<Result> restart(ControlPlane plane, BindingLedger ledger) throws Exception {
        if (plan.stored() == 0) {
            return List.of();
        }
        say("storing " + plan.stored() + " pods");
        int needed = (plan.stored() + 2 * PODS_ON_NODE - 1) / PODS_ON_NODE;
        addNodes(plane, Math.max(0, needed - nodes));
        // In portions: a watch that falls too far behind a burst is ended by the API server.
        for (int from = 0; from < plan.stored(); from += STORED_AT_ONCE) {
            int portion = Math.min(STORED_AT_ONCE, plan.stored() - from);
            create(plane, "stored-" + from + "-", portion).join();
            awaitAll(plane, ledger, from + portion);
        }
        plane.children().kill("scheduler");
        create(plane, "after-", 1).join();
        long begun = environment.clock().nanos();
        plane.startScheduler("scheduler", Optional.empty());
        await(plane, () -> ledger.bound() > plan.stored(), "no pod was bound after the restart");
        double seconds = (ledger.lastBoundNanos() - begun) / 1e9;
        return List.of(Result.alone("start to first bind, " + plan.stored() + " pods", seconds * 1e3, "ms"));
    }

    private CompletableFuture<Void> create(ControlPlane plane, String prefix, int count) {
        PodClient client = PodClient.grpc(plane.client());
        List<Callable<Void>> requests = IntStream.iterate(0, first -> first < count, first -> first + BATCH)
                .mapToObj(first -> client.creating(IntStream.range(first, Math.min(count, first + BATCH))
                        .mapToObj(number -> Shape.EQUAL.pod(prefix + number)).toList()))
                .toList();
        return CompletableFuture.runAsync(() -> {
            try {
                send(requests);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, environment.tasks());
    }

    private void awaitAll(ControlPlane plane, BindingLedger ledger, int count) throws Exception {
        await(plane, () -> ledger.bound() >= count, "not every pod was bound");
        if (ledger.bound() != count) {
            violations.add(ledger.bound() + " pods have a node, there are " + count);
        }
    }

    private void await(ControlPlane plane, BooleanSupplier done, String otherwise)
            throws IOException, InterruptedException {
        if (!new Waiting(environment, STEP).until(done, BOUND_LIMIT)) {
            plane.children().requireAlive();
            throw new IOException(otherwise + " within " + BOUND_LIMIT.toSeconds() + " s");
        }
    }

    private void clear(ControlPlane plane, BindingLedger ledger) throws Exception {
        send(plane.client().list(ResourceTypes.PODS, Query.all()).items().stream()
                .map(pod -> (Callable<?>) () -> delete(plane, pod)).toList());
        await(plane, () -> ledger.bound() == 0, "not every pod was deleted");
    }

    private static boolean delete(ControlPlane plane, Pod pod) throws ApiException {
        plane.client().delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                DeleteQuery.now(pod.getMetadata().getUid()));
        return true;
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
