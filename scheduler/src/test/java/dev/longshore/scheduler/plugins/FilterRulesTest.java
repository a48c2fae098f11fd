package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Taint;
import dev.longshore.api.core.v1.Toleration;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.cycle.Decider;
import dev.longshore.scheduler.cycle.Explanation;
import dev.longshore.scheduler.cycle.Nominations;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.state.ClusterState;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each way a rule refuses or accepts a node. */
class FilterRulesTest {
    /** @param refusal the verdict of node n1; "" when it is fit */
    record Row(String name, Consumer<PodSpec.Builder> pod, Consumer<ClusterState> cluster, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Consumer<PodSpec.Builder> PLAIN = _ -> {
    };

    static List<Row> rows() {
        return List.of(
                new Row("fits", PLAIN, FilterRulesTest::plain, ""),
                new Row("too much cpu", spec -> {
                }, state -> state.putNode(TestPods.facts("n1", 50)), "Insufficient cpu"),
                new Row("exactly enough cpu", PLAIN, state -> state.putNode(TestPods.facts("n1", 100)), ""),
                new Row("cordoned", PLAIN, state -> state.putNode(TestPods.facts("n1", 1000,
                        node -> node.getSpecBuilder().setUnschedulable(true))), "node(s) were unschedulable"),
                new Row("cordoned but tolerated",
                        spec -> spec.addTolerations(Toleration.newBuilder().setOperator("Exists")),
                        state -> state.putNode(TestPods.facts("n1", 1000,
                                node -> node.getSpecBuilder().setUnschedulable(true))),
                        ""),
                new Row("tainted", PLAIN, tainted("NoSchedule"), "node(s) had untolerated taint {k: v}"),
                new Row("tainted softly", PLAIN, tainted("PreferNoSchedule"), ""),
                new Row("toleration for another effect",
                        spec -> spec.addTolerations(
                                Toleration.newBuilder().setKey("k").setValue("v").setEffect("NoExecute")),
                        tainted("NoSchedule"), "node(s) had untolerated taint {k: v}"),
                new Row("selector", spec -> spec.putNodeSelector("disk", "ssd"), FilterRulesTest::plain,
                        "node(s) didn't match Pod's node affinity/selector"),
                new Row("greater", requires("size", "Gt", "3"), labelled("size", "4"), ""),
                new Row("not greater", requires("size", "Gt", "4"), labelled("size", "4"),
                        "node(s) didn't match Pod's node affinity/selector"),
                new Row("not in counts a missing label", requires("disk", "NotIn", "hdd"), FilterRulesTest::plain, ""),
                new Row("port taken on all addresses", spec -> TestPods.hostPort(spec, "10.0.0.1", 80),
                        portTaken("", 80), "node(s) didn't have free ports for the requested pod ports"),
                new Row("port taken on another address", spec -> TestPods.hostPort(spec, "10.0.0.1", 80),
                        portTaken("10.0.0.2", 80), ""),
                new Row("named otherwise", spec -> spec.setNodeName("n9"), FilterRulesTest::plain,
                        "node(s) didn't match the requested node name"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesOrAccepts(Row row) {
        ClusterState state = new ClusterState();
        row.cluster.accept(state);
        Explanation explanation = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations())
                .explain(TestPods.info("p", 100, row.pod));
        String found = explanation.verdicts().containsKey("n1")
                ? String.join(", ", explanation.verdicts().get("n1").reasons())
                : "";
        assertThat(found).isEqualTo(row.refusal);
    }

    private static void plain(ClusterState state) {
        state.putNode(TestPods.facts("n1", 1000));
    }

    private static Consumer<ClusterState> tainted(String effect) {
        return state -> state.putNode(TestPods.facts("n1", 1000, node -> node.getSpecBuilder()
                .addTaints(Taint.newBuilder().setKey("k").setValue("v").setEffect(effect))));
    }

    private static Consumer<ClusterState> labelled(String key, String value) {
        return state -> state.putNode(
                TestPods.facts("n1", 1000, node -> node.getMetadataBuilder().putLabels(key, value)));
    }

    private static Consumer<ClusterState> portTaken(String address, int port) {
        return state -> {
            plain(state);
            state.place(TestPods.info("there", 1, spec -> TestPods.hostPort(spec, address, port)), "n1");
        };
    }

    private static Consumer<PodSpec.Builder> requires(String key, String operator, String value) {
        return spec -> spec.getAffinityBuilder().getNodeAffinityBuilder()
                .getRequiredDuringSchedulingIgnoredDuringExecutionBuilder()
                .addNodeSelectorTerms(NodeSelectorTerm.newBuilder().addMatchExpressions(NodeSelectorRequirement
                        .newBuilder().setKey(key).setOperator(operator).addValues(value)));
    }
}
