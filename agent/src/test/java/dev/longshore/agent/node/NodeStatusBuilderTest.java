package dev.longshore.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.runtime.ImageView;
import dev.longshore.agent.runtime.RuntimeCondition;
import dev.longshore.agent.runtime.RuntimeVersion;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeStatusBuilderTest {
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000);
    private static final AgentConfig CONFIG = new AgentConfig("n1", List.of("192.0.2.1"), Path.of("d"), Path.of("s"),
            Path.of("l"), "/test", "pause:1", "cluster.local", List.of(), List.of(), Path.of("c"), 110,
            Map.of("zone", "a", "kubernetes.io/os", "other"), "v1.2.3");
    private static final MachineFacts MACHINE = new MachineFacts(1500, 1L << 30, 1L << 40, "machine", "system", "boot",
            "6.1.0", "Debian", "amd64");

    private static NodeStatus status(Node node, RuntimeCondition condition, List<ImageView> images, Instant now) {
        return NodeStatusBuilder.build(node, new NodeStatusBuilder.Input(CONFIG, MACHINE,
                new RuntimeVersion("containerd", "1.6.20"), condition, images, now));
    }

    private static NodeCondition condition(NodeStatus status, String type) {
        return status.getConditionsList().stream().filter(item -> item.getType().equals(type)).findFirst()
                .orElseThrow();
    }

    @Test
    void capacityIsTheMachineAndAllocatableLeavesSomeMemory() {
        NodeStatus status = status(Node.getDefaultInstance(), RuntimeCondition.READY, List.of(), NOW);
        assertThat(Quantities.milliValue(status.getCapacityOrThrow("cpu"))).isEqualTo(1500);
        assertThat(Quantities.value(status.getCapacityOrThrow("memory"))).isEqualTo(1L << 30);
        assertThat(Quantities.value(status.getAllocatableOrThrow("memory"))).isEqualTo((1L << 30) - (100L << 20));
        assertThat(Quantities.value(status.getAllocatableOrThrow("pods"))).isEqualTo(110);
        assertThat(Quantities.value(status.getCapacityOrThrow("ephemeral-storage"))).isEqualTo(1L << 40);
    }

    @Test
    void theNodeSaysWhoAndWhatItIs() {
        NodeStatus status = status(Node.getDefaultInstance(), RuntimeCondition.READY, List.of(), NOW);
        assertThat(status.getAddressesList()).extracting(NodeAddress::getType, NodeAddress::getAddress)
                .containsExactly(tuple("InternalIP", "192.0.2.1"),
                        tuple("Hostname", "n1"));
        assertThat(status.getNodeInfo().getKubeletVersion()).isEqualTo("v1.2.3");
        assertThat(status.getNodeInfo().getContainerRuntimeVersion()).isEqualTo("containerd://1.6.20");
        assertThat(NodeStatusBuilder.labels(CONFIG, MACHINE)).containsEntry("zone", "a")
                .containsEntry("kubernetes.io/hostname", "n1").containsEntry("kubernetes.io/os", "linux")
                .containsEntry("kubernetes.io/arch", "amd64");
    }

    @Test
    void conditionsFollowTheRuntimeAndKeepTheirTransitionTimes() {
        NodeStatus first = status(Node.getDefaultInstance(), RuntimeCondition.READY, List.of(), NOW);
        assertThat(condition(first, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(first, "MemoryPressure").getStatus()).isEqualTo("False");
        Node node = Node.newBuilder().setStatus(first).build();
        Instant later = NOW.plusSeconds(10);
        NodeStatus second = status(node, new RuntimeCondition(true, false, "no network"), List.of(), later);
        NodeCondition ready = condition(second, "Ready");
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("KubeletNotReady");
        assertThat(ready.getMessage()).isEqualTo("no network");
        assertThat(ready.getLastTransitionTime()).isEqualTo(Times.time(later));
        assertThat(condition(second, "MemoryPressure").getLastTransitionTime()).isEqualTo(Times.time(NOW));
        assertThat(condition(second, "MemoryPressure").getLastHeartbeatTime()).isEqualTo(Times.time(later));
        assertThat(second.getConditionsCount()).isEqualTo(4);
    }

    @Test
    void whatOthersWroteStays() {
        Node.Builder node = Node.newBuilder();
        node.getStatusBuilder().addConditions(NodeCondition.newBuilder().setType("Custom").setStatus("True"));
        node.getStatusBuilder().putCapacity("example.test/device", Quantities.of(2));
        NodeStatus status = status(node.build(), RuntimeCondition.READY, List.of(), NOW);
        assertThat(condition(status, "Custom").getStatus()).isEqualTo("True");
        assertThat(status.getCapacityMap()).containsKey("example.test/device");
    }

    @Test
    void onlyAHeartbeatIsNoDifference() {
        NodeStatus first = status(Node.getDefaultInstance(), RuntimeCondition.READY, List.of(), NOW);
        Node node = Node.newBuilder().setStatus(first).build();
        assertThat(NodeStatusBuilder.differs(first, status(node, RuntimeCondition.READY, List.of(),
                NOW.plusSeconds(10)))).isFalse();
        assertThat(NodeStatusBuilder.differs(first, status(node, RuntimeCondition.READY,
                List.of(image(1)), NOW.plusSeconds(10)))).isTrue();
    }

    @Test
    void theLargestFiftyImagesAreListed() {
        List<ImageView> images = IntStream.rangeClosed(1, 60).mapToObj(NodeStatusBuilderTest::image).toList();
        NodeStatus status = status(Node.getDefaultInstance(), RuntimeCondition.READY, images, NOW);
        assertThat(status.getImagesCount()).isEqualTo(50);
        assertThat(status.getImages(0).getSizeBytes()).isEqualTo(60);
        assertThat(status.getImages(0).getNamesList()).containsExactly("x@sha256:60", "x:60");
    }

    private static ImageView image(int number) {
        return new ImageView("sha256:" + number, List.of("x:" + number), List.of("x@sha256:" + number), number, -1,
                "");
    }
}
