package dev.longshore.sim;

import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import java.time.Duration;
import java.util.List;

/**
 * One run of a seed: the scenario under faults, then time without any, then the invariants. Everything is built anew, so
 * runs share nothing and may go on at the same time, each on its own thread.
 */
final class Simulation {
    /** Faults go on a little longer than the users' changes. */
    private static final Duration FAULTS_END = Scenario.LAST_STEP.plusSeconds(30);
    /** Pods leave an unreachable node after 300 s, so rest may be far. */
    private static final Duration REST_LIMIT = FAULTS_END.plusMinutes(12);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** What holds must still hold so much later. */
    private static final Duration STEADY = Duration.ofSeconds(40);

    private final long seed;
    private final SimOptions options;
    private final Scenario scenario;
    private final SimQueue queue;
    private final SimLog log;
    private final SimFailures failures;
    private final Faults faults;
    private final SimCluster cluster;
    private final RunningChecks checks;

    Simulation(long seed, SimOptions options) {
        this.seed = seed;
        this.options = options;
        this.scenario = Scenario.of(seed);
        this.queue = new SimQueue(new SimRandom(seed, "queue"));
        this.log = new SimLog(queue);
        this.failures = new SimFailures(queue, log);
        this.faults = new Faults(options.rates(), new SimRandom(seed, "faults"), log, options.faulty());
        this.cluster = new SimCluster(seed, queue, log, failures, faults, options);
        this.checks = new RunningChecks(queue, log, failures);
    }

    SimResult run() {
        checks.watch(cluster.api());
        cluster.start(scenario);
        SimUser user = new SimUser(cluster.api());
        scenario.steps().forEach(step -> queue.after(step.at(), () -> {
            log.add("user " + step);
            user.perform(step);
        }));
        if (options.faulty()) {
            planDisasters();
        }
        queue.runUntil(FAULTS_END);
        faults.stop();
        comeToRest();
        EndState end = EndState.of(SimView.of(cluster.api()));
        return new SimResult(seed, failures.found(), end, log.hash(), log.last(400), queue.events(), checks.writes());
    }

    private void comeToRest() {
        Duration now = FAULTS_END;
        List<String> violations = List.of("not looked at");
        while (!failures.any() && now.compareTo(REST_LIMIT) < 0) {
            now = now.plus(LOOK);
            queue.runUntil(now);
            violations = violations();
            if (violations.isEmpty()) {
                now = now.plus(STEADY);
                queue.runUntil(now);
                violations = violations();
                if (violations.isEmpty()) {
                    return;
                }
            }
        }
        violations.forEach(failures::add);
    }

    private List<String> violations() {
        return Invariants.violations(SimView.of(cluster.api()), scenario);
    }

    private void planDisasters() {
        SimRandom random = new SimRandom(seed, "disasters");
        int nodeLosses = (int) random.between(0, 2);
        for (int i = 0; i < nodeLosses; i++) {
            queue.after(Duration.ofMillis(random.between(5_000, 80_000)), () -> {
                SimNode node = cluster.nodes().get(random.below(cluster.nodes().size()));
                cluster.loseNode(node, Duration.ofMillis(random.between(1_000, 90_000)), random.hit(0.5));
            });
        }
        for (int i = 0; i < 6; i++) {
            queue.after(Duration.ofMillis(random.between(10_000, 110_000)), () -> cluster.agent(
                    cluster.nodes().get(random.below(cluster.nodes().size())))
                    .ifPresent(agent -> agent.restartSomePod(random)));
            queue.after(Duration.ofMillis(random.between(10_000, 110_000)), () -> deleteSomePod(random));
        }
    }

    private void deleteSomePod(SimRandom random) {
        List<Pod> pods = cluster.api().list(ResourceTypes.PODS, Query.namespace(SimUser.NAMESPACE)).items();
        if (pods.isEmpty()) {
            return;
        }
        Pod pod = pods.get(random.below(pods.size()));
        log.add("kill pod " + pod.getMetadata().getName());
        try {
            cluster.api().delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                    random.hit(0.3)
                            ? DeleteQuery.now(pod.getMetadata().getUid())
                            : DeleteQuery.of(pod.getMetadata().getUid()));
        } catch (ApiException e) {
            log.add("kill refused " + e.reason());
        }
    }
}
