package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.apartFrom;
import static dev.longshore.scheduler.cycle.PreemptionScene.besides;
import static dev.longshore.scheduler.cycle.PreemptionScene.labelled;
import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static dev.longshore.scheduler.cycle.PreemptionScene.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which events have a pod that fits nowhere tried again: those that may help it, and of the others none. */
class HintsTest {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    /**
     * @param before what the scheduler knows when it tries the pod
     * @param event  what happens then
     * @param tried  whether the pod is tried again
     */
    private record Row(String name, List<SchedulerEvent> before, PodInfo waiting, SchedulerEvent event,
            boolean tried) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource({"aboutNodes", "aboutRoom", "aboutPods"})
    void triesAgainOnlyWhatMayBeHelped(Row row) {
        Instant now = Instant.ofEpochSecond(1_000);
        SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(), new ClusterState(),
                new TieBreaker(1), true);
        row.before.forEach(event -> machine.handle(event, now));
        machine.handle(new SchedulerEvent.PodSeen(row.waiting), now);
        assertThat(machine.step(now)).get().isInstanceOf(Intent.MarkUnschedulable.class);
        machine.handle(row.event, now);
        assertThat(machine.due(now.plusSeconds(10))).isEqualTo(row.tried);
    }

    private static SchedulerEvent node(String name, long cpuMillis, Consumer<Node.Builder> more) {
        return new SchedulerEvent.NodeSeen(NodeFacts.of(TestPods.node(name, cpuMillis, node -> {
            node.getMetadataBuilder().putLabels(HOSTNAME, name);
            more.accept(node);
        })));
    }

    private static SchedulerEvent node(String name, long cpuMillis) {
        return node(name, cpuMillis, _ -> {
        });
    }

    private static SchedulerEvent tainted(String name) {
        return node(name, 1000,
                node -> node.getSpecBuilder().addTaintsBuilder().setKey("k").setEffect("NoSchedule"));
    }

    private static SchedulerEvent cordoned(String name) {
        return node(name, 1000, node -> node.getSpecBuilder().setUnschedulable(true));
    }

    private static SchedulerEvent bound(String name, String node, int priority, long cpuMillis,
            Consumer<Pod.Builder> more) {
        return new SchedulerEvent.PodSeen(pending(name, priority, cpuMillis, pod -> {
            pod.getSpecBuilder().setNodeName(node);
            more.accept(pod);
        }));
    }

    private static SchedulerEvent bound(String name, String node, int priority, long cpuMillis) {
        return bound(name, node, priority, cpuMillis, _ -> {
        });
    }

    private static SchedulerEvent gone(String name) {
        return new SchedulerEvent.PodGone(name);
    }

    private static Consumer<Pod.Builder> port(int port) {
        return spec(spec -> TestPods.hostPort(spec, "", port));
    }

    private static Consumer<Pod.Builder> spread() {
        return labelled("a").andThen(spec(spec -> spec.addTopologySpreadConstraints(TopologySpreadConstraint
                .newBuilder().setMaxSkew(1).setTopologyKey(HOSTNAME).setWhenUnsatisfiable("DoNotSchedule")
                .setLabelSelector(PreemptionScene.app("a")))));
    }

    static Stream<Row> aboutNodes() {
        PodInfo small = pending("p", 0, 100);
        PodInfo ssd = pending("p", 0, 100, spec(spec -> spec.putNodeSelector("disk", "ssd")));
        return Stream.of(
                new Row("any node, when there was none", List.of(), small, tainted("n"), true),
                new Row("taint: a node without", List.of(tainted("n")), small, node("m", 1000), true),
                new Row("taint: a node with one", List.of(tainted("n")), small, tainted("m"), false),
                new Row("taint: it is gone", List.of(tainted("n")), small, node("n", 1000), true),
                new Row("taint: more cpu", List.of(tainted("n")), small, node("n", 2000,
                        node -> node.getSpecBuilder().addTaintsBuilder().setKey("k").setEffect("NoSchedule")), false),
                new Row("cordon: lifted", List.of(cordoned("n")), small, node("n", 1000), true),
                new Row("cordon: another cordoned node", List.of(cordoned("n")), small, cordoned("m"), false),
                new Row("selector: the label comes", List.of(node("n", 1000)), ssd,
                        node("n", 1000, node -> node.getMetadataBuilder().putLabels("disk", "ssd")), true),
                new Row("selector: another label comes", List.of(node("n", 1000)), ssd,
                        node("n", 1000, node -> node.getMetadataBuilder().putLabels("disk", "hdd")), false),
                new Row("selector: a node without the label", List.of(node("n", 1000)), ssd, node("m", 1000), false));
    }

    static Stream<Row> aboutRoom() {
        PodInfo wants2 = pending("p", 0, 2000);
        PodInfo mayEvict = pending("p", 100, 2000);
        PodInfo wantsPort = pending("p", 0, 0, port(80));
        return Stream.of(
                new Row("room: a larger node", List.of(node("n", 1000)), wants2, node("m", 2000), true),
                new Row("room: a small node", List.of(node("n", 1000)), wants2, node("m", 1999), false),
                new Row("room: the node grows enough", List.of(node("n", 1000)), wants2, node("n", 2000), true),
                new Row("room: the node grows too little", List.of(node("n", 1000)), wants2, node("n", 1999), false),
                new Row("room: a label", List.of(node("n", 1000)), wants2,
                        node("n", 1000, node -> node.getMetadataBuilder().putLabels("a", "b")), false),
                new Row("room: enough is freed", List.of(node("n", 2000), bound("a", "n", 0, 100)), wants2, gone("a"),
                        true),
                new Row("room: too little is freed",
                        List.of(node("n", 2000), bound("a", "n", 0, 100), bound("b", "n", 0, 100)), wants2, gone("a"),
                        false),
                new Row("room: freed on a node that is not known", List.of(node("n", 1000), bound("a", "m", 0, 100)),
                        wants2, gone("a"), false),
                new Row("room: enough together with pods that may be evicted",
                        List.of(node("n", 2000), bound("a", "n", 100, 100), bound("b", "n", 1, 1000)), mayEvict,
                        gone("a"), true),
                new Row("room: a pod takes less",
                        List.of(node("n", 2000), bound("a", "n", 0, 100)), wants2, bound("a", "n", 0, 0), true),
                new Row("room: a pod comes", List.of(node("n", 2000), bound("a", "n", 0, 100)), wants2,
                        bound("b", "n", 0, 100), false),
                new Row("port: freed", List.of(node("n", 1000), bound("a", "n", 0, 0, port(80))), wantsPort,
                        gone("a"), true),
                new Row("port: another is freed",
                        List.of(node("n", 1000), bound("a", "n", 0, 0, port(80)), bound("b", "n", 0, 0, port(81))),
                        wantsPort, gone("b"), false));
    }

    static Stream<Row> aboutPods() {
        PodInfo with = pending("p", 0, 0, besides("a"));
        PodInfo apart = pending("p", 0, 0, apartFrom("a"));
        List<SchedulerEvent> occupied = List.of(node("n", 1000), bound("a", "n", 0, 0, labelled("a")),
                bound("b", "n", 0, 0, labelled("b")));
        List<SchedulerEvent> uneven = List.of(node("n", 1000), cordoned("m"),
                bound("a", "n", 0, 0, labelled("a")), bound("b", "n", 0, 0, labelled("b")));
        PodInfo even = pending("p", 0, 0, spread());
        return Stream.of(
                new Row("affinity: the pod comes", List.of(node("n", 1000)), with,
                        bound("a", "n", 0, 0, labelled("a")), true),
                new Row("affinity: another pod comes", List.of(node("n", 1000)), with,
                        bound("b", "n", 0, 0, labelled("b")), false),
                new Row("affinity: a pod gets the label", List.of(node("n", 1000), bound("a", "n", 0, 0)), with,
                        bound("a", "n", 0, 0, labelled("a")), true),
                new Row("anti-affinity: the pod leaves", occupied, apart, gone("a"), true),
                new Row("anti-affinity: another pod leaves", occupied, apart, gone("b"), false),
                new Row("anti-affinity: the pod loses the label", occupied, apart, bound("a", "n", 0, 0), true),
                new Row("anti-affinity of the other: it leaves",
                        List.of(node("n", 1000), bound("a", "n", 0, 0, apartFrom("p"))),
                        pending("p", 0, 0, labelled("p")), gone("a"), true),
                new Row("spread: one of the pods leaves", uneven, even, gone("a"), true),
                new Row("spread: another pod leaves", uneven, even, gone("b"), false),
                new Row("spread: one comes elsewhere", uneven, even, bound("c", "m", 0, 0, labelled("a")), true),
                new Row("spread: another comes elsewhere", uneven, even, bound("c", "m", 0, 0, labelled("c")), false));
    }
}
