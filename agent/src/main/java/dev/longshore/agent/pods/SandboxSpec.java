package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.Labels;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.cri.v1.Int64Value;
import dev.longshore.cri.v1.LinuxSandboxSecurityContext;
import dev.longshore.cri.v1.NamespaceMode;
import dev.longshore.cri.v1.NamespaceOption;
import dev.longshore.cri.v1.PodSandboxConfig;
import dev.longshore.cri.v1.PortMapping;
import dev.longshore.cri.v1.Protocol;
import java.util.Map;

/** The configuration of a pod's sandbox. A pure function. */
final class SandboxSpec {
    private SandboxSpec() {
    }

    static PodSandboxConfig of(Pod pod, int attempt, NodeFacts node, PodFiles files) {
        PodSandboxConfig.Builder config = PodSandboxConfig.newBuilder().setLogDirectory(files.logs(pod).toString())
                .setDnsConfig(PodIdentity.dns(pod, node.dns())).putAllAnnotations(pod.getMetadata().getAnnotationsMap())
                .putAllLabels(pod.getMetadata().getLabelsMap()).putAllLabels(labels(pod));
        config.getMetadataBuilder().setName(pod.getMetadata().getName()).setUid(pod.getMetadata().getUid())
                .setNamespace(pod.getMetadata().getNamespace()).setAttempt(attempt);
        if (!pod.getSpec().getHostNetwork()) {
            config.setHostname(PodIdentity.hostname(pod));
            pod.getSpec().getContainersList().forEach(container -> container.getPortsList().stream()
                    .filter(port -> port.getHostPort() > 0).forEach(port -> config.addPortMappings(mapping(port))));
        }
        config.getLinuxBuilder().setCgroupParent(cgroup(pod, node)).setSecurityContext(security(pod));
        pod.getSpec().getSecurityContext().getSysctlsList()
                .forEach(sysctl -> config.getLinuxBuilder().putSysctls(sysctl.getName(), sysctl.getValue()));
        return config.build();
    }

    static Map<String, String> labels(Pod pod) {
        return Map.of(Labels.POD_NAME, pod.getMetadata().getName(), Labels.POD_NAMESPACE,
                pod.getMetadata().getNamespace(), Labels.POD_UID, pod.getMetadata().getUid());
    }

    /** The pod's control group, beneath which the runtime makes those of the containers. */
    static String cgroup(Pod pod, NodeFacts node) {
        return node.cgroupRoot() + "/pod" + pod.getMetadata().getUid();
    }

    static NamespaceOption namespaces(Pod pod) {
        NamespaceMode pid = pod.getSpec().getShareProcessNamespace() ? NamespaceMode.POD : NamespaceMode.CONTAINER;
        return NamespaceOption.newBuilder()
                .setNetwork(pod.getSpec().getHostNetwork() ? NamespaceMode.NODE : NamespaceMode.POD)
                .setIpc(pod.getSpec().getHostIPC() ? NamespaceMode.NODE : NamespaceMode.POD)
                .setPid(pod.getSpec().getHostPID() ? NamespaceMode.NODE : pid).build();
    }

    private static LinuxSandboxSecurityContext security(Pod pod) {
        PodSecurityContext context = pod.getSpec().getSecurityContext();
        LinuxSandboxSecurityContext.Builder security = LinuxSandboxSecurityContext.newBuilder()
                .setNamespaceOptions(namespaces(pod)).setSeccomp(Seccomp.runtimeDefault())
                .setPrivileged(PodSpecs.all(pod).anyMatch(container -> container.getSecurityContext().getPrivileged()))
                .addAllSupplementalGroups(context.getSupplementalGroupsList());
        if (context.hasRunAsUser()) {
            security.setRunAsUser(Int64Value.newBuilder().setValue(context.getRunAsUser()));
        }
        if (context.hasRunAsUser() && context.hasRunAsGroup()) {
            security.setRunAsGroup(Int64Value.newBuilder().setValue(context.getRunAsGroup()));
        }
        if (context.hasFsGroup()) {
            security.addSupplementalGroups(context.getFsGroup());
        }
        return security.build();
    }

    private static PortMapping mapping(ContainerPort port) {
        Protocol protocol = switch (port.getProtocol()) {
            case "UDP" -> Protocol.UDP;
            case "SCTP" -> Protocol.SCTP;
            default -> Protocol.TCP;
        };
        return PortMapping.newBuilder().setProtocol(protocol).setContainerPort(port.getContainerPort())
                .setHostPort(port.getHostPort()).setHostIp(port.getHostIP()).build();
    }
}
