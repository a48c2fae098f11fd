package dev.longshore.scheduler;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeSpec;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.util.function.Consumer;

/** Pods and nodes for tests, with as little as each needs. */
public final class TestPods {
    private TestPods() {
    }

    /** A pod of namespace {@code default} whose uid is its name, with one container. */
    public static Pod pod(String name, long cpuMillis, Consumer<PodSpec.Builder> more) {
        PodSpec.Builder spec = PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c").setImage("img")
                .setResources(ResourceRequirements.newBuilder().putRequests("cpu", Quantities.ofMilli(cpuMillis))));
        more.accept(spec);
        return Pod.newBuilder().setSpec(spec)
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name).setUid(name)).build();
    }

    public static Pod pod(String name, long cpuMillis) {
        return pod(name, cpuMillis, _ -> {
        });
    }

    public static PodInfo info(String name, long cpuMillis) {
        return PodInfo.of(pod(name, cpuMillis));
    }

    public static PodInfo info(String name, long cpuMillis, Consumer<PodSpec.Builder> more) {
        return PodInfo.of(pod(name, cpuMillis, more));
    }

    public static void hostPort(PodSpec.Builder spec, String address, int port) {
        spec.getContainersBuilder(0)
                .addPorts(ContainerPort.newBuilder().setHostIP(address).setHostPort(port).setContainerPort(port));
    }

    /** A node with room for 110 pods and 8 GiB. */
    public static Node node(String name, long cpuMillis, Consumer<Node.Builder> more) {
        Node.Builder node = Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(name)).setSpec(
                NodeSpec.getDefaultInstance()).setStatus(
                        NodeStatus.newBuilder()
                                .putAllocatable("cpu", Quantities.ofMilli(cpuMillis))
                                .putAllocatable("memory", Quantities.parse("8Gi"))
                                .putAllocatable("pods", Quantities.of(110)));
        more.accept(node);
        return node.build();
    }

    public static Node node(String name, long cpuMillis) {
        return node(name, cpuMillis, _ -> {
        });
    }

    public static NodeFacts facts(String name, long cpuMillis) {
        return NodeFacts.of(node(name, cpuMillis));
    }

    public static NodeFacts facts(String name, long cpuMillis, Consumer<Node.Builder> more) {
        return NodeFacts.of(node(name, cpuMillis, more));
    }
}
