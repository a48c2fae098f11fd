package dev.longshore.controllers.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Pod;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodGcPlanTest {
    private static final Set<String> GONE = Set.of("gone");

    /** One row: the pods, how many finished ones stay, and what is removed why. */
    record Row(String name, List<Pod> pods, int finishedLimit, List<String> removals) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("a pod that runs", List.of(pod("a", "n1", "Running", 1)), 0, List.of()),
            new Row("a pod that waits for a node", List.of(pod("a", "", "Pending", 1)), 0, List.of()),
            new Row("a pod of a node that is gone", List.of(pod("a", "gone", "Running", 1)), 0, List.of("Orphan a")),
            new Row("also when it is being deleted", List.of(leaving(pod("a", "gone", "Running", 1))), 0,
                    List.of("Orphan a")),
            new Row("and once only when it finished", List.of(pod("a", "gone", "Failed", 1)), 0, List.of("Orphan a")),
            new Row("deleted before it had a node", List.of(leaving(pod("a", "", "Pending", 1))), 0,
                    List.of("Unscheduled a")),
            new Row("deleted on a node that is there", List.of(leaving(pod("a", "n1", "Running", 1))), 0, List.of()),
            new Row("finished pods within the limit", List.of(pod("a", "n1", "Failed", 1),
                    pod("b", "n1", "Succeeded", 2)), 2, List.of()),
            new Row("the oldest finished ones beyond it", List.of(pod("c", "n1", "Failed", 3),
                    pod("b", "n1", "Succeeded", 1), pod("a", "n1", "Failed", 1)), 1,
                    List.of("Finished a", "Finished b")),
            new Row("those that leave anyway do not count", List.of(leaving(pod("a", "n1", "Failed", 1)),
                    pod("b", "n1", "Failed", 2)), 1, List.of()));

    @ParameterizedTest
    @FieldSource("ROWS")
    void removes(Row row) {
        assertThat(PodGcPlan.of(new PodGcPlan.Snapshot(row.pods, GONE, row.finishedLimit)).stream()
                .map(removal -> removal.getClass().getSimpleName() + " " + removal.pod().getMetadata().getName()))
                .containsExactlyElementsOf(row.removals);
    }

    private static Pod pod(String name, String node, String phase, int createdAt) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setName(name).getCreationTimestampBuilder().setSeconds(createdAt);
        pod.getSpecBuilder().setNodeName(node);
        pod.getStatusBuilder().setPhase(phase);
        return pod.build();
    }

    private static Pod leaving(Pod pod) {
        Pod.Builder builder = pod.toBuilder();
        builder.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1);
        return builder.build();
    }
}
