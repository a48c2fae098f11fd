package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.apartFrom;
import static dev.longshore.scheduler.cycle.PreemptionScene.labelled;
import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static dev.longshore.scheduler.cycle.PreemptionScene.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Counting room and asking every rule find the same victims. A pod that wants to be apart from pods that do not exist
 * fits where it would without that wish, but has every rule asked.
 */
class PreemptionPathsTest {
    private static final int CLUSTERS = 2_000;

    @Test
    void countingFindsWhatTryingFinds() {
        int evictions = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Random random = new Random(seed);
            PreemptionScene scene = scene(seed, random);
            int priority = random.nextInt(12);
            long cpuMillis = 250 * random.nextInt(8);
            String counted = scene.decide(pending("p", priority, cpuMillis));
            String tried = scene.decide(pending("p", priority, cpuMillis, apartFrom("nobody")));
            assertThat(counted).as("seed=%d", seed).isEqualTo(tried);
            evictions += counted.startsWith("n") ? 1 : 0;
        }
        assertThat(evictions).as("clusters where someone has to leave").isGreaterThan(CLUSTERS / 10);
    }

    private static PreemptionScene scene(long seed, Random random) {
        PreemptionScene scene = new PreemptionScene(seed);
        int nodes = 1 + random.nextInt(6);
        for (int node = 0; node < nodes; node++) {
            boolean cordoned = random.nextInt(8) == 0;
            scene.node("n" + node, 500 * (1 + random.nextInt(5)), built -> built.getSpecBuilder()
                    .setUnschedulable(cordoned));
            int pods = random.nextInt(7);
            for (int pod = 0; pod < pods; pod++) {
                scene.pod("v" + node + "-" + pod, "n" + node, random.nextInt(10), 250 * random.nextInt(4),
                        started(random.nextInt(4)).andThen(labelled("app" + random.nextInt(3))));
            }
            if (random.nextInt(5) == 0) {
                scene.nominated(pending("c" + node, random.nextInt(12), 250 * random.nextInt(4)), "n" + node);
            }
        }
        for (int app = 0; app < random.nextInt(4); app++) {
            scene.budget("app" + app, random.nextInt(3));
        }
        return scene;
    }
}
