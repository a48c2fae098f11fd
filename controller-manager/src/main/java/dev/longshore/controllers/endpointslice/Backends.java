package dev.longshore.controllers.endpointslice;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodIP;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.controllers.objects.Pods;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pods behind a Service offer. Rules: Kubernetes, {@code endpointslice} utilities. */
final class Backends {
    private static final long STRING_TYPE = 1;

    private Backends() {
    }

    /** Pods that have an address and may still be running. */
    static List<Pod> of(List<Pod> pods) {
        return pods.stream().filter(pod -> !Pods.finished(pod) && !pod.getStatus().getPodIP().isEmpty()).toList();
    }

    /** The pod's address of a family; {@code IPv6} addresses are those with a colon. */
    static Optional<String> address(Pod pod, String family) {
        return Stream.concat(Stream.of(pod.getStatus().getPodIP()),
                pod.getStatus().getPodIPsList().stream().map(PodIP::getIp))
                .filter(ip -> ip.contains(":") == family.equals("IPv6")).findFirst();
    }

    /** The number a service port leads to in this pod; empty when the pod has no port of that name. */
    static Optional<Integer> targetPort(ServicePort port, Pod pod) {
        if (!port.hasTargetPort()) {
            return Optional.of(port.getPort());
        }
        if (port.getTargetPort().getType() != STRING_TYPE) {
            int number = port.getTargetPort().getIntVal();
            return Optional.of(number == 0 ? port.getPort() : number);
        }
        String protocol = protocol(port.getProtocol());
        return Stream.concat(pod.getSpec().getContainersList().stream(),
                pod.getSpec().getInitContainersList().stream().filter(Backends::sidecar))
                .flatMap(container -> container.getPortsList().stream())
                .filter(found -> found.getName().equals(port.getTargetPort().getStrVal())
                        && protocol(found.getProtocol()).equals(protocol))
                .map(ContainerPort::getContainerPort).findFirst();
    }

    private static boolean sidecar(Container container) {
        return container.getRestartPolicy().equals("Always");
    }

    static String protocol(String text) {
        return text.isEmpty() ? "TCP" : text;
    }

    static ObjectReference reference(Pod pod) {
        return ObjectReference.newBuilder().setKind("Pod").setNamespace(pod.getMetadata().getNamespace())
                .setName(pod.getMetadata().getName()).setUid(pod.getMetadata().getUid()).build();
    }

    /** The host name under which DNS answers for this pod alone. */
    static Optional<String> hostname(Pod pod, Service service) {
        boolean named = !pod.getSpec().getHostname().isEmpty()
                && pod.getSpec().getSubdomain().equals(service.getMetadata().getName());
        return named ? Optional.of(pod.getSpec().getHostname()) : Optional.empty();
    }

    static boolean headless(Service service) {
        return service.getSpec().getClusterIP().equals("None");
    }

    static boolean selects(Service service) {
        return service.getSpec().getSelectorCount() > 0 && !service.getSpec().getType().equals("ExternalName");
    }
}
