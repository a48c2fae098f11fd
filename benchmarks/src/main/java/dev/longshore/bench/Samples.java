package dev.longshore.bench;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentSpec;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.EnvVar;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;

/** Objects as users have them, neither bare nor huge. */
final class Samples {
    static final long CPU_MILLIS = 100;
    static final long MEMORY_BYTES = 64L << 20;

    private Samples() {
    }

    static Pod pod(String name) {
        return Pod.newBuilder().setMetadata(meta(name).setUid(name)).setSpec(spec())
                .setStatus(PodStatus.newBuilder().setPhase("Pending")).build();
    }

    static Deployment deployment() {
        return Deployment.newBuilder().setMetadata(meta("web").putAnnotations("note", "made for measuring"))
                .setSpec(DeploymentSpec.newBuilder().setReplicas(3)
                        .setSelector(LabelSelector.newBuilder().putMatchLabels("app", "web"))
                        .setTemplate(PodTemplateSpec.newBuilder()
                                .setMetadata(ObjectMeta.newBuilder().putLabels("app", "web")).setSpec(spec())))
                .build();
    }

    static Node node(String name) {
        return Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(name))
                .setStatus(NodeStatus.newBuilder().putAllocatable("cpu", Quantities.of(32))
                        .putAllocatable("memory", Quantities.parse("128Gi")).putAllocatable("pods", Quantities.of(110)))
                .build();
    }

    private static ObjectMeta.Builder meta(String name) {
        return ObjectMeta.newBuilder().setName(name).setNamespace("default").putLabels("app", "web")
                .putLabels("tier", "front");
    }

    private static PodSpec spec() {
        return PodSpec.newBuilder().addContainers(Container.newBuilder().setName("web").setImage("example.org/web:1.0")
                .addPorts(ContainerPort.newBuilder().setName("http").setContainerPort(8080).setProtocol("TCP"))
                .addEnv(EnvVar.newBuilder().setName("MODE").setValue("production"))
                .addEnv(EnvVar.newBuilder().setName("GREETING").setValue("good morning"))
                .setResources(ResourceRequirements.newBuilder()
                        .putRequests("cpu", Quantities.ofMilli(CPU_MILLIS))
                        .putRequests("memory", Quantities.ofBytes(MEMORY_BYTES))))
                .build();
    }
}
