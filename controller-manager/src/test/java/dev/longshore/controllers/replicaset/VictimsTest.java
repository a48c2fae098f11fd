package dev.longshore.controllers.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VictimsTest {
    record Row(String rule, Pod first, Pod second) {
        @Override
        public String toString() {
            return rule;
        }
    }

    private static Pod.Builder pod(String name, String node, long readySince) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName(name).getCreationTimestampBuilder().setSeconds(100);
        pod.getSpecBuilder().setNodeName(node);
        pod.getStatusBuilder().setPhase("Running");
        PodCondition.Builder ready = PodCondition.newBuilder().setType("Ready")
                .setStatus(readySince > 0 ? "True" : "False");
        ready.getLastTransitionTimeBuilder().setSeconds(readySince);
        pod.getStatusBuilder().addConditions(ready);
        return pod;
    }

    private static Pod keeper() {
        return pod("a", "n1", 100).build();
    }

    static List<Row> rows() {
        Pod.Builder pending = pod("b", "n2", 100);
        pending.getStatusBuilder().setPhase("Pending");
        Pod.Builder unknown = pod("b", "n2", 100);
        unknown.getStatusBuilder().setPhase("Unknown");
        Pod.Builder cheap = pod("b", "n2", 100);
        cheap.getMetadataBuilder().putAnnotations(Victims.DELETION_COST, "-5");
        Pod.Builder restarted = pod("b", "n2", 100);
        restarted.getStatusBuilder().addContainerStatusesBuilder().setRestartCount(3);
        Pod.Builder newer = pod("b", "n2", 100);
        newer.getMetadataBuilder().getCreationTimestampBuilder().setSeconds(101);
        return List.of(
                new Row("unassigned", pod("b", "", 100).build(), keeper()),
                new Row("pending", pending.build(), keeper()),
                new Row("unknown", unknown.build(), keeper()),
                new Row("not ready", pod("b", "n2", 0).build(), keeper()),
                new Row("lower cost", cheap.build(), keeper()),
                new Row("ready for less time", pod("b", "n2", 200).build(), keeper()),
                new Row("more restarts", restarted.build(), keeper()),
                new Row("newer", newer.build(), keeper()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givesUpTheFirst(Row row) {
        assertThat(Victims.ranked(List.of(row.second(), row.first()))).containsExactly(row.first(), row.second());
    }

    @Test
    void prefersTheCrowdedNode() {
        Pod alone = pod("a", "n1", 300).build();
        Pod one = pod("b", "n2", 100).build();
        Pod two = pod("c", "n2", 200).build();
        assertThat(Victims.ranked(List.of(alone, one, two))).containsExactly(two, one, alone);
    }
}
