package dev.longshore.scheduler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the scheduler keeps of its answers is limited; beyond the limits it must answer as the reference does. */
class ManyPodsTest {
    /** More than the scheduler remembers of the pods that came and left. */
    private static final int CHANGES = 3_000;
    /** More than the scheduler keeps answers for. */
    private static final int KINDS = 300;
    /** More than there may be classes among them. */
    private static final int MANY_NODES = 80;
    private static final List<String> RULES = List.of("softspread(1,zone,app=web)",
            "spread(2,zone,app=web) likes(5,rack,app=db)", "near(rack,app=db) avoids(3,host,app=web)",
            "away(host,app=web)", "cpu:100m", "port:80 cpu:50m", "near(zone,app=db)");

    private final SplittableRandom random = new SplittableRandom(11);
    private final SideBySide both = new SideBySide(3);
    private int number;

    private ManyPodsTest() {
        for (int i = 0; i < 8; i++) {
            apply("node n" + i + " zone=" + i % 3 + " rack=r" + i % 4 + " pods:1000");
        }
        apply("service s app=web");
    }

    private void apply(String line) {
        assertThat(both.apply(line)).as(line).isEmpty();
    }

    /** Some stay, so that there is something to count. */
    private void comeAndGo(int pods) {
        for (int i = 0; i < pods; i++) {
            String name = "c" + number++;
            apply("pod " + name + "@n" + random.nextInt(8) + " app=" + (random.nextBoolean() ? "web" : "db")
                    + " cpu:10m" + (random.nextInt(4) == 0 ? " away(host,app=x)" : ""));
            if (random.nextInt(20) > 0) {
                apply("without pod " + name);
            }
        }
    }

    private void decideEach() {
        for (String rule : RULES) {
            apply("decide d" + number++ + " app=web " + rule);
        }
    }

    @Test
    void morePodsComeAndGoBetweenTwoLooksThanAreRemembered() {
        decideEach();
        comeAndGo(CHANGES);
        decideEach();
    }

    /** At the limit a change more or less decides whether the answer is brought up to date or found anew. */
    @Test
    void aboutAsManyPodsComeAndGoAsAreRemembered() {
        for (int pods = 510; pods <= 515; pods++) {
            decideEach();
            for (int i = 0; i < pods; i++) {
                apply("pod x@n" + random.nextInt(8) + " app=web cpu:10m");
                apply("without pod x");
            }
            apply("pod y" + pods + "@n1 app=db cpu:1");
        }
        decideEach();
    }

    @Test
    void moreKindsOfPodsThanAreKept() {
        for (int round = 0; round < 2; round++) {
            for (int kind = 0; kind < KINDS; kind++) {
                apply("decide d" + number++ + " app=web kind=k" + kind + " cpu:1m " + RULES.get(kind % RULES.size()));
                apply("without pod d" + (number - 1));
            }
            comeAndGo(5);
        }
    }

    /** Then all nodes are looked at for each pod. */
    @Test
    void moreZonesThanAreWorthBeingClasses() {
        for (int i = 0; i < MANY_NODES; i++) {
            apply("node m" + i + " zone=z" + i);
        }
        for (int i = 0; i < 6; i++) {
            apply("decide d" + number++ + " app=web softspread(1,zone,app=web) avoids(3,host,app=web)");
        }
    }

    /** Each node gets another number of pods. */
    @Test
    void nodesBecomeTooDifferentForClasses() {
        for (int i = 0; i < MANY_NODES; i++) {
            apply("node m" + i + " zone=" + i % 3);
        }
        for (int i = 0; i < MANY_NODES; i++) {
            for (int pods = 0; pods < i; pods++) {
                apply("pod m" + i + "-" + pods + "@m" + i + " app=web cpu:1m");
            }
            if (i % 8 < 2) {
                apply("decide d" + number++ + " app=web avoids(3,host,app=web) spread(5,zone,app=web)");
            }
        }
    }
}
