package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.scheduler.volumes.PodVolumes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads from a pod what the rules ask about it. */
final class RequirementsReader {
    /** What LeastAllocated counts for a container without the request (Kubernetes scheduler: 100m and 200 MiB). */
    private static final long ASSUMED_CPU_MILLIS = 100;
    private static final long ASSUMED_MEMORY_BYTES = 200L << 20;

    private static final Set<String> SPREADING_OWNERS = Set.of("ReplicaSet", "StatefulSet", "ReplicationController");

    private RequirementsReader() {
    }

    static PodRequirements read(Pod pod) {
        PodSpec spec = pod.getSpec();
        Amounts needed = need(spec, container -> Amounts.of(container.getResources().getRequestsMap()));
        Amounts scored = need(spec, container -> Amounts.of(container.getResources().getRequestsMap(),
                ASSUMED_CPU_MILLIS, ASSUMED_MEMORY_BYTES));
        return new PodRequirements(needed, scored.cpuMillis(), scored.memoryBytes(), spec.getNodeName(),
                Collections.unmodifiableSortedMap(new TreeMap<>(spec.getNodeSelectorMap())),
                spec.getAffinity().getNodeAffinity(), spec.getTolerationsList(), ports(spec), images(spec),
                new PodTraits(pod.getMetadata().getNamespace(), new TreeMap<>(pod.getMetadata().getLabelsMap()),
                        PodTermsReader.terms(pod)),
                PodTermsReader.constraints(pod), owner(pod), PodVolumes.of(pod));
    }

    private static Optional<OwnerRef> owner(Pod pod) {
        return pod.getMetadata().getOwnerReferencesList().stream()
                .filter(owner -> owner.getController() && SPREADING_OWNERS.contains(owner.getKind())).findFirst()
                .map(owner -> new OwnerRef(owner.getKind(), pod.getMetadata().getNamespace(), owner.getName()));
    }

    /** What the pod takes at its hungriest moment: while it runs, or while one of its init containers does. */
    private static Amounts need(PodSpec spec, Function<Container, Amounts> requests) {
        Amounts running = Amounts.NONE;
        for (Container container : spec.getContainersList()) {
            running = running.plus(requests.apply(container));
        }
        Amounts sidecars = Amounts.NONE;
        Amounts starting = Amounts.NONE;
        for (Container container : spec.getInitContainersList()) {
            if (container.getRestartPolicy().equals("Always")) {
                sidecars = sidecars.plus(requests.apply(container));
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(requests.apply(container)));
            }
        }
        return running.plus(sidecars).max(starting).plus(Amounts.of(spec.getOverheadMap()));
    }

    /** Ports of sidecars are not looked at (Kubernetes scheduler 1.32). */
    private static List<HostPort> ports(PodSpec spec) {
        List<HostPort> ports = new ArrayList<>();
        spec.getContainersList().forEach(container -> addPorts(container, spec.getHostNetwork(), ports));
        return List.copyOf(ports);
    }

    private static void addPorts(Container container, boolean hostNetwork, List<HostPort> into) {
        for (ContainerPort port : container.getPortsList()) {
            int number = port.getHostPort() == 0 && hostNetwork ? port.getContainerPort() : port.getHostPort();
            if (number > 0) {
                into.add(new HostPort(port.getHostIP().isEmpty() ? HostPort.ANY_ADDRESS : port.getHostIP(),
                        port.getProtocol().isEmpty() ? "TCP" : port.getProtocol(), number));
            }
        }
    }

    private static List<String> images(PodSpec spec) {
        List<String> images = new ArrayList<>();
        spec.getInitContainersList().forEach(container -> images.add(ImageIndex.normalised(container.getImage())));
        spec.getContainersList().forEach(container -> images.add(ImageIndex.normalised(container.getImage())));
        return List.copyOf(images);
    }
}
