package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.all;
import static dev.longshore.scheduler.cycle.PreemptionScene.apartFrom;
import static dev.longshore.scheduler.cycle.PreemptionScene.besides;
import static dev.longshore.scheduler.cycle.PreemptionScene.labelled;
import static dev.longshore.scheduler.cycle.PreemptionScene.leaving;
import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static dev.longshore.scheduler.cycle.PreemptionScene.spec;
import static dev.longshore.scheduler.cycle.PreemptionScene.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.scheduler.cycle.PreemptionScene.Row;
import dev.longshore.scheduler.state.PodInfo;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which node has to give room, and when none has although it could. */
class PreemptionChoiceTest {
    private static final PodInfo WANTS_2 = pending("p", 1000, 2000);
    private static final PodInfo NEVER = pending("p", 1000, 2000, spec(s -> s.setPreemptionPolicy("Never")));

    @ParameterizedTest
    @MethodSource({"byHarm", "byClaims", "byEligibility"})
    void choosesTheNode(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }

    static Stream<Row> byHarm() {
        return Stream.of(
                new Row("no violated budget, although the victim is more important",
                        c -> c.node("n1", 2000).pod("a", "n1", 1, 2000, labelled("a")).node("n2", 2000)
                                .pod("b", "n2", 900, 2000).budget("a", 0),
                        WANTS_2, "n2: b"),
                new Row("fewer violations",
                        c -> c.node("n1", 2000).pod("a1", "n1", 1, 1000, labelled("a"))
                                .pod("a2", "n1", 1, 1000, labelled("a")).node("n2", 2000)
                                .pod("b", "n2", 900, 2000, labelled("a")).budget("a", 0),
                        WANTS_2, "n2: b"),
                new Row("the lowest of the highest victims",
                        c -> c.node("n1", 2000).pod("a", "n1", 20, 2000).node("n2", 2000).pod("b", "n2", 10, 2000)
                                .node("n3", 2000).pod("c", "n3", 30, 2000),
                        WANTS_2, "n2: b"),
                new Row("the highest victim counts more than how many",
                        c -> c.node("n1", 2000).pod("a", "n1", 20, 2000).node("n2", 2000).pod("b1", "n2", 10, 1000)
                                .pod("b2", "n2", 10, 1000),
                        WANTS_2, "n2: b1 b2"),
                new Row("the smaller sum means fewer pods",
                        c -> c.node("n1", 2000).pod("a1", "n1", 10, 1000).pod("a2", "n1", -900, 1000)
                                .node("n2", 2000).pod("b", "n2", 10, 2000),
                        WANTS_2, "n2: b"),
                new Row("the smaller sum of as many pods",
                        c -> c.node("n1", 2000).pod("a1", "n1", 10, 1000).pod("a2", "n1", 9, 1000).node("n2", 2000)
                                .pod("b1", "n2", 10, 1000).pod("b2", "n2", 8, 1000),
                        WANTS_2, "n2: b1 b2"),
                new Row("the victim that has run the shortest time",
                        c -> c.node("n1", 2000).pod("a", "n1", 10, 2000, started(100)).node("n2", 2000)
                                .pod("b", "n2", 10, 2000, started(300)).node("n3", 2000)
                                .pod("c", "n3", 10, 2000, started(200)),
                        WANTS_2, "n2: b"),
                new Row("of several victims the earliest start of the highest counts",
                        c -> c.node("n1", 2000).pod("a1", "n1", 10, 1000, started(100))
                                .pod("a2", "n1", 10, 1000, started(900)).node("n2", 2000)
                                .pod("b1", "n2", 10, 1000, started(200)).pod("b2", "n2", 10, 1000, started(300)),
                        WANTS_2, "n2: b1 b2"),
                new Row("starts of lesser victims do not count",
                        c -> c.node("n1", 2000).pod("a1", "n1", 10, 1000, started(200))
                                .pod("a2", "n1", 5, 1000, started(1)).node("n2", 2000)
                                .pod("b1", "n2", 10, 1000, started(100)).pod("b2", "n2", 5, 1000, started(900)),
                        WANTS_2, "n1: a1 a2"),
                new Row("one that has not started has run the shortest time",
                        c -> c.node("n1", 2000).pod("a", "n1", 10, 2000, started(100)).node("n2", 2000)
                                .pod("b", "n2", 10, 2000),
                        WANTS_2, "n2: b"),
                new Row("only nodes where it helps",
                        c -> c.node("n1", 1000).pod("a", "n1", 1, 1000).node("n2", 2000).pod("b", "n2", 900, 2000),
                        WANTS_2, "n2: b"),
                new Row("not a cordoned node",
                        c -> c.node("n1", 2000, n -> n.getSpecBuilder().setUnschedulable(true))
                                .pod("a", "n1", 1, 2000).node("n2", 2000).pod("b", "n2", 900, 2000),
                        WANTS_2, "n2: b"),
                new Row("anti-affinity: the node with the lesser opponent",
                        c -> c.node("n1", 2000).pod("a", "n1", 20, 0, labelled("x")).node("n2", 2000)
                                .pod("b", "n2", 10, 0, labelled("x")),
                        pending("p", 1000, 100, apartFrom("x")), "n2: b"));
    }

    static Stream<Row> byClaims() {
        PodInfo first = pending("first", 1000, 2000);
        return Stream.of(
                new Row("an equal pod waits for the room", c -> c.node("n", 2000).nominated(first, "n"), WANTS_2,
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."),
                new Row("a higher pod waits for the room",
                        c -> c.node("n", 2000).nominated(pending("first", 2000, 2000), "n"), WANTS_2,
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."),
                new Row("a lower pod that waits gives way",
                        c -> c.node("n", 2000).nominated(pending("first", 10, 2000), "n"), WANTS_2, "-> n"),
                new Row("its own claim is not in its way", c -> c.node("n", 2000).nominated(WANTS_2, "n"), WANTS_2,
                        "-> n"),
                new Row("room for both once the victim is gone",
                        c -> c.node("n", 4000).pod("a", "n", 10, 3000).nominated(first, "n"), WANTS_2, "n: a"),
                new Row("beside the claim more have to go",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000).pod("b", "n", 20, 2000).nominated(first, "n"),
                        WANTS_2, "n: b a"),
                new Row("no room beside the claim",
                        c -> c.node("n", 3000).pod("a", "n", 10, 3000).nominated(first, "n"), WANTS_2,
                        "0/1 nodes are available: 1 Insufficient cpu."),
                new Row("the other node, as the better one is claimed",
                        c -> c.node("n1", 2000).pod("a", "n1", 10, 2000).node("n2", 2000).pod("b", "n2", 20, 2000)
                                .nominated(first, "n1"),
                        WANTS_2, "n2: b"),
                new Row("its node before a better one",
                        c -> c.node("n1", 3000).node("n2", 9000).nominated(WANTS_2, "n1"), WANTS_2, "-> n1"),
                new Row("another node when its own is not free yet",
                        c -> c.node("n1", 2000).pod("a", "n1", 10, 2000).node("n2", 9000).nominated(WANTS_2, "n1"),
                        WANTS_2, "-> n2"),
                new Row("a claim nobody can be with yet",
                        c -> c.node("n", 4000).nominated(pending("first", 1000, 100, labelled("x")), "n"),
                        pending("p", 1000, 100, besides("x")),
                        "0/1 nodes are available: 1 Preemption is not helpful for scheduling."),
                new Row("a claim that it must not be with",
                        c -> c.node("n", 4000).nominated(pending("first", 1000, 100, labelled("x")), "n"),
                        pending("p", 1000, 100, apartFrom("x")),
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."));
    }

    static Stream<Row> byEligibility() {
        return Stream.of(
                new Row("policy Never", c -> c.node("n", 2000).pod("a", "n", 1, 2000), NEVER,
                        "waits: not eligible due to preemptionPolicy=Never."),
                new Row("policy Never where nothing helps", c -> c.node("n", 1000), NEVER,
                        "waits: not eligible due to preemptionPolicy=Never."),
                new Row("its victims are leaving",
                        c -> c.node("n", 2000).pod("a", "n", 1, 2000, leaving(true)).nominated(WANTS_2, "n"),
                        WANTS_2, "waits: not eligible due to a terminating pod on the nominated node."),
                new Row("its victims are about to leave",
                        c -> c.node("n", 2000).pod("a", "n", 1, 2000).evicting("a").nominated(WANTS_2, "n"), WANTS_2,
                        "waits: not eligible due to a terminating pod on the nominated node."),
                new Row("a pod leaves its node for another reason",
                        c -> c.node("n", 2000).pod("a", "n", 1, 2000, leaving(false)).nominated(WANTS_2, "n"),
                        WANTS_2, "n: a"),
                new Row("a higher pod is leaving its node",
                        c -> c.node("n", 4000).pod("a", "n", 1, 2000).pod("b", "n", 2000, 2000, leaving(true))
                                .nominated(WANTS_2, "n"),
                        WANTS_2, "n: a"),
                new Row("victims leave a node that will not do any more",
                        c -> c.node("n1", 2000, n -> n.getSpecBuilder().setUnschedulable(true))
                                .pod("a", "n1", 1, 2000, leaving(true)).node("n2", 2000).pod("b", "n2", 1, 2000)
                                .nominated(WANTS_2, "n1"),
                        WANTS_2, "n2: b"),
                new Row("its node is gone",
                        c -> c.node("n2", 2000).pod("b", "n2", 1, 2000).nominated(WANTS_2, "n1"), WANTS_2, "n2: b"),
                new Row("pods leave nodes that it does not wait for",
                        c -> c.node("n1", 2000).pod("a", "n1", 1, 2000, all(leaving(true), started(1)))
                                .node("n2", 2000).pod("b", "n2", 1, 2000, started(2)),
                        WANTS_2, "n2: b"));
    }

    @Test
    void fullTiesAreBrokenAtRandomOverAllOfThem() {
        Set<String> found = new TreeSet<>();
        for (long seed = 0; seed < 64; seed++) {
            PreemptionScene scene = new PreemptionScene(seed);
            for (int i = 0; i < 4; i++) {
                scene.node("n" + i, 2000).pod("v" + i, "n" + i, 10, 2000, started(7));
            }
            found.add(scene.decide(WANTS_2));
        }
        assertThat(found).containsExactly("n0: v0", "n1: v1", "n2: v2", "n3: v3");
    }

    @Test
    void askingChangesNothing() {
        PreemptionScene scene = new PreemptionScene(1).node("n", 4000).pod("a", "n", 10, 2000, labelled("x"))
                .pod("b", "n", 20, 2000, apartFrom("p")).nominated(pending("first", 2000, 100), "n");
        long usage = scene.state().usageVersion();
        String first = scene.decide(WANTS_2);
        assertThat(scene.decide(WANTS_2)).isEqualTo(first);
        assertThat(scene.state().usageVersion()).isEqualTo(usage);
        assertThat(scene.state().resources().cpuRequested()[scene.state().slot("n")]).isEqualTo(4000);
        assertThat(scene.state().resources().podsFree(scene.state().slot("n"))).isEqualTo(108);
    }
}
