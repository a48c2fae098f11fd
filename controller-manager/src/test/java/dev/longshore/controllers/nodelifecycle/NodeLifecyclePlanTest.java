package dev.longshore.controllers.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NodeLifecyclePlanTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String CORDONED = "node.kubernetes.io/unschedulable";

    /**
     * One row: a node, how long it has been silent, its Ready condition after that, all taints after that, and whether
     * its pods are no longer ready.
     */
    record Row(String name, Node node, int silentSeconds, String ready, List<String> taints, boolean podsDoubted) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("a node that beats", node("True"), 39, "True", List.of(), false),
            new Row("a node that went silent", node("True"), 40, "Unknown",
                    List.of(UNREACHABLE + ":NoSchedule", UNREACHABLE + ":NoExecute"), true),
            new Row("a node that says it is not ready", node("False"), 0, "False",
                    List.of(NOT_READY + ":NoSchedule", NOT_READY + ":NoExecute"), true),
            new Row("a node that never spoke", node(""), 40, "Unknown",
                    List.of(UNREACHABLE + ":NoSchedule", UNREACHABLE + ":NoExecute"), true),
            new Row("a new node that has not spoken yet", node(""), 5, "",
                    List.of(NOT_READY + ":NoSchedule", NOT_READY + ":NoExecute"), true),
            new Row("a node that is back loses our taints only", tainted(node("True"),
                    UNREACHABLE + ":NoSchedule", UNREACHABLE + ":NoExecute", "team:NoSchedule"), 0, "True",
                    List.of("team:NoSchedule"), false),
            new Row("from not ready to silent", tainted(node("False"), NOT_READY + ":NoSchedule",
                    NOT_READY + ":NoExecute"), 60, "Unknown",
                    List.of(UNREACHABLE + ":NoSchedule", UNREACHABLE + ":NoExecute"), true),
            new Row("a full disk", with(node("True"), "DiskPressure", "True"), 0, "True",
                    List.of("node.kubernetes.io/disk-pressure:NoSchedule"), false),
            new Row("the disk has room again", tainted(with(node("True"), "DiskPressure", "False"),
                    "node.kubernetes.io/disk-pressure:NoSchedule"), 0, "True", List.of(), false),
            new Row("a cordoned node", cordoned(node("True")), 0, "True", List.of(CORDONED + ":NoSchedule"), false),
            new Row("an uncordoned node", tainted(node("True"), CORDONED + ":NoSchedule"), 0, "True", List.of(),
                    false),
            new Row("taints that are right stay", tainted(cordoned(node("True")), CORDONED + ":NoSchedule"), 0, "True",
                    List.of(CORDONED + ":NoSchedule"), false));

    @ParameterizedTest
    @FieldSource("ROWS")
    void follows(Row row) {
        NodeLifecyclePlan plan = plan(row.node, row.silentSeconds);
        Node status = plan.status().orElse(row.node);
        assertThat(status.getStatus().getConditionsList().stream().filter(item -> item.getType().equals("Ready"))
                .map(NodeCondition::getStatus).findFirst().orElse("")).isEqualTo(row.ready);
        Node after = plan.taints().orElse(status);
        assertThat(after.getSpec().getTaintsList().stream().map(taint -> taint.getKey() + ":" + taint.getEffect()))
                .containsExactlyElementsOf(row.taints);
        assertThat(plan.pods()).hasSize(row.podsDoubted ? 1 : 0);
        plan.pods().forEach(pod -> assertThat(pod.getStatus().getConditions(0).getReason()).isEqualTo("NodeNotReady"));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void whatWasWrittenIsNotWrittenAgain(Row row) {
        NodeLifecyclePlan plan = plan(row.node, row.silentSeconds);
        Node written = plan.taints().orElse(plan.status().orElse(row.node));
        NodeLifecyclePlan again = plan(written, row.silentSeconds);
        assertThat(again.status()).isEmpty();
        assertThat(again.taints()).isEmpty();
    }

    @Test
    void silenceConcernsEveryConditionThatTheNodeReports() {
        Node node = plan(with(node("True"), "DiskPressure", "False"), 60).status().orElseThrow();
        assertThat(node.getStatus().getConditionsList()).extracting(NodeCondition::getType)
                .containsExactlyInAnyOrder("Ready", "DiskPressure", "MemoryPressure", "PIDPressure");
        assertThat(node.getStatus().getConditionsList()).extracting(NodeCondition::getStatus).containsOnly("Unknown");
        assertThat(node.getStatus().getConditions(0).getReason()).isEqualTo("NodeStatusUnknown");
        assertThat(node.getStatus().getConditions(2).getReason()).isEqualTo("NodeStatusNeverUpdated");
    }

    private static NodeLifecyclePlan plan(Node node, int silentSeconds) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getStatusBuilder().addConditionsBuilder().setType("Ready").setStatus("True");
        return NodeLifecyclePlan.of(new NodeLifecyclePlan.Snapshot(node, List.of(pod.build(), Pod.getDefaultInstance()),
                NOW.minusSeconds(silentSeconds), GRACE), NOW);
    }

    /** @param ready the condition's status, "" for a node without conditions */
    private static Node node(String ready) {
        return ready.isEmpty() ? Node.getDefaultInstance() : with(Node.getDefaultInstance(), "Ready", ready);
    }

    private static Node with(Node node, String type, String status) {
        Node.Builder builder = node.toBuilder();
        builder.getStatusBuilder().addConditionsBuilder().setType(type).setStatus(status);
        return builder.build();
    }

    private static Node cordoned(Node node) {
        Node.Builder builder = node.toBuilder();
        builder.getSpecBuilder().setUnschedulable(true);
        return builder.build();
    }

    private static Node tainted(Node node, String... taints) {
        Node.Builder builder = node.toBuilder();
        for (String taint : taints) {
            int colon = taint.indexOf(':');
            builder.getSpecBuilder().addTaints(Taint.newBuilder().setKey(taint.substring(0, colon))
                    .setEffect(taint.substring(colon + 1)));
        }
        return builder.build();
    }
}
