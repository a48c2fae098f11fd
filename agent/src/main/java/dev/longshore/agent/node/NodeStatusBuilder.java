package dev.longshore.agent.node;

import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.runtime.ImageView;
import dev.longshore.agent.runtime.RuntimeCondition;
import dev.longshore.agent.runtime.RuntimeVersion;
import dev.longshore.api.core.v1.ContainerImage;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.NodeCondition;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the Node object says. Pure functions. */
public final class NodeStatusBuilder {
    /** Kept from pods, so that the node itself does not run out (Kubernetes' hard eviction threshold: 100 Mi). */
    private static final long RESERVED_MEMORY_BYTES = 100L << 20;
    private static final int IMAGES_LIMIT = 50;

    private NodeStatusBuilder() {
    }

    /** What is known at the moment of a report. */
    public record Input(AgentConfig config, MachineFacts machine, RuntimeVersion runtime, RuntimeCondition condition,
            List<ImageView> images, Instant now) {
        public Input {
            images = List.copyOf(images);
        }
    }

    public static Map<String, Quantity> capacity(AgentConfig config, MachineFacts machine) {
        return resources(config, machine, machine.memoryBytes());
    }

    /** What pods may use. */
    public static Map<String, Quantity> allocatable(AgentConfig config, MachineFacts machine) {
        return resources(config, machine, Math.max(0, machine.memoryBytes() - RESERVED_MEMORY_BYTES));
    }

    private static Map<String, Quantity> resources(AgentConfig config, MachineFacts machine, long memoryBytes) {
        Map<String, Quantity> result = new TreeMap<>();
        result.put("cpu", Quantities.ofMilli(machine.cpuMillis()));
        result.put("memory", Quantities.ofBytes(memoryBytes));
        result.put("ephemeral-storage", Quantities.ofBytes(machine.diskBytes()));
        result.put("pods", Quantities.of(config.maxPods()));
        return result;
    }

    /** The labels that every node has, and those of the configuration. */
    public static Map<String, String> labels(AgentConfig config, MachineFacts machine) {
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.put("kubernetes.io/hostname", config.nodeName());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", machine.architecture());
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("beta.kubernetes.io/arch", machine.architecture());
        return labels;
    }

    public static NodeStatus build(Node node, Input input) {
        AgentConfig config = input.config();
        MachineFacts machine = input.machine();
        NodeStatus.Builder status = node.getStatus().toBuilder().putAllCapacity(capacity(config, machine))
                .putAllAllocatable(allocatable(config, machine)).clearAddresses().clearImages();
        config.nodeIps().forEach(
                ip -> status.addAddresses(NodeAddress.newBuilder().setType("InternalIP").setAddress(ip)));
        status.addAddresses(NodeAddress.newBuilder().setType("Hostname").setAddress(config.nodeName()));
        status.getNodeInfoBuilder().setMachineID(machine.machineId()).setSystemUUID(machine.systemUuid())
                .setBootID(machine.bootId()).setKernelVersion(machine.kernelVersion()).setOsImage(machine.osImage())
                .setContainerRuntimeVersion(input.runtime().toString()).setKubeletVersion(config.version())
                .setKubeProxyVersion(config.version()).setOperatingSystem("linux")
                .setArchitecture(machine.architecture());
        input.images().stream().sorted(Comparator.comparingLong(ImageView::sizeBytes).reversed()).limit(IMAGES_LIMIT)
                .forEach(image -> status.addImages(ContainerImage.newBuilder().setSizeBytes(image.sizeBytes())
                        .addAllNames(Stream.concat(image.digests().stream(), image.tags().stream()).toList())));
        conditions(node, input, status);
        return status.build();
    }

    private static void conditions(Node node, Input input, NodeStatus.Builder status) {
        put(node, status, input.now(), condition("MemoryPressure", false, "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available"));
        put(node, status, input.now(), condition("DiskPressure", false, "KubeletHasNoDiskPressure",
                "kubelet has no disk pressure"));
        put(node, status, input.now(), condition("PIDPressure", false, "KubeletHasSufficientPID",
                "kubelet has sufficient PID available"));
        put(node, status, input.now(), input.condition().ready()
                ? condition("Ready", true, "KubeletReady", "kubelet is posting ready status")
                : condition("Ready", false, "KubeletNotReady", input.condition().message()));
    }

    private static NodeCondition.Builder condition(String type, boolean value, String reason, String message) {
        return NodeCondition.newBuilder().setType(type).setStatus(value ? "True" : "False").setReason(reason)
                .setMessage(message);
    }

    private static void put(Node node, NodeStatus.Builder status, Instant now, NodeCondition.Builder condition) {
        Time time = Times.time(now);
        Time since = node.getStatus().getConditionsList().stream()
                .filter(item -> item.getType().equals(condition.getType())
                        && item.getStatus().equals(condition.getStatus()))
                .map(NodeCondition::getLastTransitionTime).findFirst().orElse(time);
        NodeCondition next = condition.setLastHeartbeatTime(time).setLastTransitionTime(since).build();
        for (int i = 0; i < status.getConditionsCount(); i++) {
            if (status.getConditions(i).getType().equals(next.getType())) {
                status.setConditions(i, next);
                return;
            }
        }
        status.addConditions(next);
    }

    /** Whether two statuses differ in more than the time of the heartbeat. */
    static boolean differs(NodeStatus left, NodeStatus right) {
        return !withoutHeartbeat(left).equals(withoutHeartbeat(right));
    }

    private static NodeStatus withoutHeartbeat(NodeStatus status) {
        NodeStatus.Builder result = status.toBuilder();
        result.getConditionsBuilderList().forEach(NodeCondition.Builder::clearLastHeartbeatTime);
        return result.build();
    }
}
