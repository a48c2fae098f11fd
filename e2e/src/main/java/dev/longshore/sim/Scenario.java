package dev.longshore.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What users want of the cluster, drawn from the seed alone: a few deployments that come, change and go.
 *
 * @param nodes          how many nodes there are
 * @param nodeCpuMillis  how much each has
 * @param steps          in order of time
 */
record Scenario(int nodes, long nodeCpuMillis, List<Step> steps) {
    /** After this the users want nothing new. */
    static final Duration LAST_STEP = Duration.ofSeconds(90);

    private static final int FIRST_STEP_MILLIS = 500;
    private static final int FEWEST_DEPLOYMENTS = 2;
    private static final int MOST_DEPLOYMENTS = 3;
    private static final int CHANGES = 5;
    private static final int MOST_REPLICAS = 5;

    Scenario {
        steps = List.copyOf(steps);
    }

    static Scenario of(long seed) {
        SimRandom random = new SimRandom(seed, "scenario");
        List<Step> steps = new ArrayList<>();
        int deployments = (int) random.between(FEWEST_DEPLOYMENTS, MOST_DEPLOYMENTS);
        for (int i = 0; i < deployments; i++) {
            steps.add(new Step.Create(Duration.ofMillis(random.between(FIRST_STEP_MILLIS, 10_000)), "app-" + i,
                    (int) random.between(1, MOST_REPLICAS), 1, 100 * random.between(1, 4)));
        }
        for (int i = 0; i < CHANGES; i++) {
            steps.add(change(random, "app-" + random.below(deployments)));
        }
        if (random.hit(0.6)) {
            steps.add(new Step.Delete(Duration.ofMillis(random.between(60_000, 85_000)), "app-0"));
        }
        steps.sort(Comparator.comparing(Step::at));
        return new Scenario((int) random.between(3, 4), 3_000, steps);
    }

    private static Step change(SimRandom random, String name) {
        Duration at = Duration.ofMillis(random.between(10_500, LAST_STEP.toMillis()));
        return random.hit(0.45)
                ? new Step.Scale(at, name, (int) random.between(0, MOST_REPLICAS))
                : new Step.SetVersion(at, name, (int) random.between(1, 3));
    }

    /** What a deployment is meant to be in the end. */
    record Wanted(int replicas, int version) {}

    /** By name. */
    TreeMap<String, Wanted> wanted() {
        TreeMap<String, Wanted> wanted = new TreeMap<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Create create -> wanted.put(create.name(), new Wanted(create.replicas(), create.version()));
                case Step.Scale scale -> wanted.computeIfPresent(scale.name(),
                        (_, before) -> new Wanted(scale.replicas(), before.version()));
                case Step.SetVersion set -> wanted.computeIfPresent(set.name(),
                        (_, before) -> new Wanted(before.replicas(), set.version()));
                case Step.Delete delete -> wanted.remove(delete.name());
            }
        }
        return wanted;
    }
}
