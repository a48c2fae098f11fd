package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.all;
import static dev.longshore.scheduler.cycle.PreemptionScene.apartFrom;
import static dev.longshore.scheduler.cycle.PreemptionScene.besides;
import static dev.longshore.scheduler.cycle.PreemptionScene.labelled;
import static dev.longshore.scheduler.cycle.PreemptionScene.leaving;
import static dev.longshore.scheduler.cycle.PreemptionScene.offering;
import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static dev.longshore.scheduler.cycle.PreemptionScene.requesting;
import static dev.longshore.scheduler.cycle.PreemptionScene.spec;
import static dev.longshore.scheduler.cycle.PreemptionScene.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.cycle.PreemptionScene.Row;
import dev.longshore.scheduler.state.PodInfo;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has to leave a node. */
class PreemptionVictimsTest {
    private static final PodInfo WANTS_2 = pending("p", 1000, 2000);

    @ParameterizedTest
    @MethodSource({"byPriority", "byBudget", "byRule", "nobody"})
    void choosesVictims(Row row) {
        assertThat(row.found()).isEqualTo(row.expected());
    }

    static Stream<Row> byPriority() {
        return Stream.of(
                new Row("the only pod", c -> c.node("n", 2000).pod("a", "n", 10, 2000), WANTS_2, "n: a"),
                new Row("negative priority", c -> c.node("n", 2000).pod("a", "n", -5, 2000), pending("p", 0, 2000),
                        "n: a"),
                new Row("one below", c -> c.node("n", 2000).pod("a", "n", 999, 2000), WANTS_2, "n: a"),
                new Row("the less important of two",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000).pod("b", "n", 20, 2000), WANTS_2, "n: a"),
                new Row("of equals the one that started later",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, started(50)).pod("b", "n", 10, 2000,
                                started(60)),
                        WANTS_2, "n: b"),
                new Row("of equals the one that has not started",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000).pod("b", "n", 10, 2000, started(60)), WANTS_2,
                        "n: a"),
                new Row("higher ones are not touched",
                        c -> c.node("n", 4000).pod("a", "n", 2000, 2000).pod("b", "n", 10, 2000), WANTS_2, "n: b"),
                new Row("equal ones are not touched",
                        c -> c.node("n", 4000).pod("a", "n", 1000, 2000).pod("b", "n", 999, 2000), WANTS_2, "n: b"),
                new Row("small ones stay beside it",
                        c -> c.node("n", 3000).pod("small", "n", 1, 500).pod("big", "n", 900, 2500), WANTS_2,
                        "n: big"),
                new Row("two are needed, the most important first",
                        c -> c.node("n", 3000).pod("a", "n", 1, 1000).pod("b", "n", 5, 1000).pod("c", "n", 9, 1000),
                        WANTS_2, "n: b a"),
                new Row("all are needed",
                        c -> c.node("n", 2000).pod("a", "n", 1, 1000).pod("b", "n", 5, 1000), WANTS_2, "n: b a"),
                new Row("an important one that does not fit beside it goes, a lesser one stays",
                        c -> c.node("n", 4000).pod("a", "n", 90, 3000).pod("b", "n", 1, 1000), WANTS_2, "n: a"),
                new Row("free room is used first",
                        c -> c.node("n", 4000).pod("a", "n", 1, 1000).pod("b", "n", 5, 1000).pod("c", "n", 9, 1000),
                        WANTS_2, "n: a"),
                new Row("who requests nothing stays",
                        c -> c.node("n", 2000).pod("idle", "n", 1, 0).pod("b", "n", 5, 2000), WANTS_2, "n: b"),
                new Row("one that leaves anyway counts as a victim",
                        c -> c.node("n", 2000).pod("a", "n", 1, 2000, leaving(false)), WANTS_2, "n: a"));
    }

    static Stream<Row> byBudget() {
        return Stream.of(
                new Row("the protected one stays",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, labelled("a")).pod("b", "n", 20, 2000)
                                .budget("a", 0),
                        WANTS_2, "n: b"),
                new Row("a budget with room protects nobody",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, labelled("a")).pod("b", "n", 20, 2000)
                                .budget("a", 1),
                        WANTS_2, "n: a"),
                new Row("the budget is spent on the important one first",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, all(labelled("a"), started(1)))
                                .pod("b", "n", 10, 2000, all(labelled("a"), started(2))).budget("a", 1),
                        WANTS_2, "n: a"),
                new Row("without any budget both are protected, the later one goes",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, all(labelled("a"), started(1)))
                                .pod("b", "n", 10, 2000, all(labelled("a"), started(2))).budget("a", 0),
                        WANTS_2, "n: b"),
                new Row("a violated budget does not prevent",
                        c -> c.node("n", 2000).pod("a", "n", 10, 2000, labelled("a")).budget("a", 0), WANTS_2,
                        "n: a"),
                new Row("a pod already counted costs nothing",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, labelled("a")).pod("b", "n", 20, 2000)
                                .budget("a", 0, "a"),
                        WANTS_2, "n: a"),
                new Row("a budget without selector protects nobody",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, labelled("a")).pod("b", "n", 20, 2000)
                                .budget(PodDisruptionBudget.getDefaultInstance()),
                        WANTS_2, "n: a"),
                new Row("a budget of another namespace protects nobody",
                        c -> c.node("n", 4000).pod("a", "n", 10, 2000, labelled("a")).pod("b", "n", 20, 2000)
                                .budget(elsewhere(PreemptionScene.app("a"))),
                        WANTS_2, "n: a"),
                new Row("two budgets, one of them spent",
                        c -> c.node("n", 4000).pod("b", "n", 20, 2000)
                                .pod("a", "n", 10, 2000,
                                        all(labelled("a"), pod -> pod.getMetadataBuilder().putLabels("tier", "t")))
                                .budget("a", 1).budget(of("default", tier(), 0)),
                        WANTS_2, "n: b"),
                new Row("protected and others, in the order of importance",
                        c -> c.node("n", 3000).pod("a", "n", 10, 1000, labelled("a")).pod("b", "n", 20, 1000)
                                .pod("c", "n", 30, 1000).budget("a", 0),
                        WANTS_2, "n: c b"));
    }

    private static PodDisruptionBudget elsewhere(LabelSelector selector) {
        return of("elsewhere", selector, 0);
    }

    private static LabelSelector tier() {
        return LabelSelector.newBuilder().putMatchLabels("tier", "t").build();
    }

    private static PodDisruptionBudget of(String namespace, LabelSelector selector, int allowed) {
        PodDisruptionBudget.Builder budget = PodDisruptionBudget.newBuilder();
        budget.getMetadataBuilder().setNamespace(namespace).setName("other");
        budget.getSpecBuilder().setSelector(selector);
        budget.getStatusBuilder().setDisruptionsAllowed(allowed);
        return budget.build();
    }

    static Stream<Row> byRule() {
        return Stream.of(
                new Row("memory", c -> c.node("n", 2000).pod("a", "n", 1, 0, requesting("memory", 6L << 30)),
                        pending("p", 5, 0, requesting("memory", 4L << 30)), "n: a"),
                new Row("a device",
                        c -> c.node("n", 2000, offering("gpu", 1)).pod("a", "n", 1, 0, requesting("gpu", 1)).pod("b",
                                "n", 0, 0),
                        pending("p", 5, 0, requesting("gpu", 1)), "n: a"),
                new Row("the number of pods",
                        c -> c.node("n", 2000, offering("pods", 2)).pod("a", "n", 1, 0).pod("b", "n", 2, 0),
                        pending("p", 5, 0), "n: a"),
                new Row("a port",
                        c -> c.node("n", 2000).pod("a", "n", 3, 0, spec(s -> TestPods.hostPort(s, "", 80)))
                                .pod("b", "n", 0, 0, spec(s -> TestPods.hostPort(s, "", 81))),
                        pending("p", 5, 0, spec(s -> TestPods.hostPort(s, "", 80))), "n: a"),
                new Row("its anti-affinity",
                        c -> c.node("n", 2000).pod("a", "n", 3, 0, labelled("a")).pod("b", "n", 0, 0, labelled("b")),
                        pending("p", 5, 0, apartFrom("a")), "n: a"),
                new Row("the anti-affinity of one that is there",
                        c -> c.node("n", 2000).pod("a", "n", 3, 0, apartFrom("p")).pod("b", "n", 0, 0),
                        pending("p", 5, 0, labelled("p")), "n: a"),
                new Row("spread",
                        c -> c.node("n1", 2000).node("n2", 100).pod("a", "n1", 3, 0, labelled("a"))
                                .pod("b", "n1", 0, 0),
                        pending("p", 5, 200, all(labelled("a"), spread("a"))), "n1: a"),
                new Row("cpu and port by different pods",
                        c -> c.node("n", 2000).pod("a", "n", 3, 0, spec(s -> TestPods.hostPort(s, "", 80)))
                                .pod("b", "n", 2, 1500).pod("c", "n", 4, 500),
                        pending("p", 5, 1500, spec(s -> TestPods.hostPort(s, "", 80))), "n: a b"),
                new Row("one that it needs beside it would have to go",
                        c -> c.node("n", 2000).pod("a", "n", 1, 1000, labelled("a")).pod("b", "n", 4, 1000),
                        pending("p", 5, 1000, besides("a")),
                        "0/1 nodes are available: 1 node(s) didn't match pod affinity rules."));
    }

    private static Consumer<Pod.Builder> spread(String app) {
        return spec(s -> s.addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder().setMaxSkew(1)
                .setTopologyKey("kubernetes.io/hostname").setWhenUnsatisfiable("DoNotSchedule")
                .setLabelSelector(PreemptionScene.app(app))));
    }

    static Stream<Row> nobody() {
        return Stream.of(
                new Row("fits", c -> c.node("n", 4000).pod("a", "n", 10, 2000), WANTS_2, "-> n"),
                new Row("only higher ones", c -> c.node("n", 2000).pod("a", "n", 1001, 2000), WANTS_2,
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."),
                new Row("only equal ones", c -> c.node("n", 2000).pod("a", "n", 1000, 2000), WANTS_2,
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."),
                new Row("an empty node that is too small", c -> c.node("n", 1000), WANTS_2,
                        "0/1 nodes are available: 1 No preemption victims found for incoming pod."),
                new Row("too small even without them", c -> c.node("n", 1000).pod("a", "n", 1, 1000), WANTS_2,
                        "0/1 nodes are available: 1 Insufficient cpu."),
                new Row("another rule would refuse then",
                        c -> c.node("n", 2000).pod("a", "n", 1, 2000)
                                .pod("b", "n", 2000, 0, spec(s -> TestPods.hostPort(s, "", 80))),
                        pending("p", 5, 1000, spec(s -> TestPods.hostPort(s, "", 80))),
                        "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports."),
                new Row("cordoned", c -> c.node("n", 2000, n -> n.getSpecBuilder().setUnschedulable(true))
                        .pod("a", "n", 1, 2000), WANTS_2,
                        "0/1 nodes are available: 1 Preemption is not helpful for scheduling."),
                new Row("tainted", c -> c.node("n", 2000, n -> n.getSpecBuilder().addTaintsBuilder().setKey("k")
                        .setEffect("NoSchedule")).pod("a", "n", 1, 2000), WANTS_2,
                        "0/1 nodes are available: 1 Preemption is not helpful for scheduling."),
                new Row("not selected", c -> c.node("n", 2000).pod("a", "n", 1, 2000),
                        pending("p", 1000, 100, spec(s -> s.putNodeSelector("disk", "ssd"))),
                        "0/1 nodes are available: 1 Preemption is not helpful for scheduling."),
                new Row("nobody to be with", c -> c.node("n", 2000).pod("a", "n", 1, 2000),
                        pending("p", 1000, 0, besides("a")),
                        "0/1 nodes are available: 1 Preemption is not helpful for scheduling."),
                new Row("each node for its own reason",
                        c -> c.node("n1", 1000).pod("a", "n1", 1, 1000).node("n2", 1000)
                                .node("n3", 2000, n -> n.getSpecBuilder().setUnschedulable(true)),
                        WANTS_2, "0/3 nodes are available: 1 Insufficient cpu, "
                                + "1 No preemption victims found for incoming pod, "
                                + "1 Preemption is not helpful for scheduling."),
                new Row("no nodes", _ -> {
                }, WANTS_2, "0/0 nodes are available: ."));
    }
}
