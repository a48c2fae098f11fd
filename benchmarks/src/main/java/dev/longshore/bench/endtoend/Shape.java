package dev.longshore.bench.endtoend;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodAffinityTerm;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;

/** What the pods of a run ask for; nodes of 32 cpu and 256 GiB in three zones. */
enum Shape {
    EQUAL, SPREAD, ANTI_AFFINITY;

    private static final int ZONES = 3;
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    static Node node(int number, int pods) {
        String name = "node-" + number;
        return Node.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name).putLabels(HOSTNAME, name).putLabels(ZONE,
                        "zone-" + number % ZONES))
                .setStatus(NodeStatus.newBuilder().putAllocatable("cpu", Quantities.of(32))
                        .putAllocatable("memory", Quantities.parse("256Gi")).putAllocatable("pods", Quantities.of(pods))
                        .putCapacity("cpu", Quantities.of(32)).putCapacity("memory", Quantities.parse("256Gi"))
                        .putCapacity("pods", Quantities.of(pods)))
                .build();
    }

    /** A pod as a user writes it. */
    Pod pod(String name) {
        Pod.Builder pod = Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name).setNamespace("default").putLabels("app", "bench"))
                .setSpec(PodSpec.newBuilder().addContainers(Container.newBuilder().setName("app")
                        .setImage("example.org/app:1.0").setResources(ResourceRequirements.newBuilder()
                                .putRequests("cpu", Quantities.ofMilli(100))
                                .putRequests("memory", Quantities.ofBytes(128L << 20)))));
        LabelSelector own = LabelSelector.newBuilder().putMatchLabels("app", "bench").build();
        switch (this) {
            case EQUAL -> {
                // Nothing more.
            }
            case SPREAD -> pod.getSpecBuilder().addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder()
                    .setMaxSkew(1).setTopologyKey(ZONE).setWhenUnsatisfiable("DoNotSchedule").setLabelSelector(own));
            case ANTI_AFFINITY -> pod.getSpecBuilder().getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecution(
                            PodAffinityTerm.newBuilder().setTopologyKey(HOSTNAME).setLabelSelector(own));
        }
        return pod.build();
    }
}
