package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.resource.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class QosTest {
    private static final long NODE_BYTES = 1L << 30;

    /** One row: the pod, its class, and the score of its first container on a node with 1 GiB. */
    record Row(String name, Pod pod, Qos qos, int score) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, String> BOTH = Map.of("cpu", "1", "memory", "256Mi");

    static final List<Row> ROWS = List.of(
            new Row("nothing is asked for", pod(0, container(Map.of(), Map.of())), Qos.BEST_EFFORT, 1000),
            new Row("zeros ask for nothing", pod(0, container(Map.of("cpu", "0"), Map.of())), Qos.BEST_EFFORT, 1000),
            new Row("other resources do not count", pod(0, container(Map.of("ephemeral-storage", "1Gi"), Map.of())),
                    Qos.BEST_EFFORT, 1000),
            new Row("limits alone are requests too", pod(0, container(Map.of(), BOTH)), Qos.GUARANTEED, -997),
            new Row("requests equal to limits", pod(0, container(BOTH, BOTH)), Qos.GUARANTEED, -997),
            new Row("equal in another notation",
                    pod(0, container(Map.of("cpu", "1000m", "memory", "262144Ki"), BOTH)), Qos.GUARANTEED, -997),
            new Row("less than the limit", pod(0, container(Map.of("memory", "256Mi"), Map.of("memory", "512Mi"))),
                    Qos.BURSTABLE, 750),
            new Row("a limit of one resource", pod(0, container(Map.of(), Map.of("cpu", "1"))), Qos.BURSTABLE, 999),
            new Row("one container without limits",
                    pod(0, container(BOTH, BOTH), container(Map.of(), Map.of())), Qos.BURSTABLE, 750),
            new Row("all of the memory", pod(0, container(Map.of("memory", "1Gi"), Map.of())), Qos.BURSTABLE, 3),
            new Row("critical for the node", pod(2_000_001_000, container(Map.of(), Map.of())), Qos.BEST_EFFORT, -997));

    @ParameterizedTest
    @FieldSource("ROWS")
    void classAndScore(Row row) {
        assertThat(Qos.of(row.pod)).isEqualTo(row.qos);
        assertThat(Qos.oomScore(row.pod, row.pod.getSpec().getContainers(0), NODE_BYTES)).isEqualTo(row.score);
    }

    private static Pod pod(int priority, Container... containers) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getSpecBuilder().setPriority(priority).addAllContainers(List.of(containers));
        return pod.build();
    }

    private static Container container(Map<String, String> requests, Map<String, String> limits) {
        Container.Builder container = Container.newBuilder();
        requests.forEach((name, text) -> container.getResourcesBuilder().putRequests(name, quantity(text)));
        limits.forEach((name, text) -> container.getResourcesBuilder().putLimits(name, quantity(text)));
        return container.build();
    }

    private static Quantity quantity(String text) {
        return Quantity.newBuilder().setString(text).build();
    }
}
