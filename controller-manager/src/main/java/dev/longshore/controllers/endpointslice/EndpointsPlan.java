package dev.longshore.controllers.endpointslice;

import dev.longshore.api.core.v1.EndpointAddress;
import dev.longshore.api.core.v1.EndpointPort;
import dev.longshore.api.core.v1.EndpointSubset;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.controllers.objects.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core/v1 Endpoints of a Service: pods grouped by the ports they offer. Pure. */
final class EndpointsPlan {
    /** Addresses of one object (source: Kubernetes, endpoints controller). */
    static final int ADDRESSES_LIMIT = 1000;
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    /** The label by which Kubernetes 1.33 and later know the Endpoints that a controller made. */
    static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    static final String MANAGER = "endpoint-controller";

    private EndpointsPlan() {
    }

    /** The object to write; empty when {@code before} is right. Not ready pods are listed apart. */
    static Optional<Endpoints> of(Service service, List<Pod> pods, Optional<Endpoints> before) {
        List<Pod> backends = Backends.of(pods).stream()
                .filter(pod -> !Pods.terminating(pod) || service.getSpec().getPublishNotReadyAddresses())
                .sorted(Comparator.comparing((Pod pod) -> !Pods.ready(pod))
                        .thenComparing(pod -> pod.getStatus().getPodIP()))
                .toList();
        Map<List<EndpointPort>, EndpointSubset.Builder> subsets = new LinkedHashMap<>();
        for (Pod pod : backends.stream().limit(ADDRESSES_LIMIT).toList()) {
            EndpointSubset.Builder subset = subsets.computeIfAbsent(ports(service, pod),
                    ports -> EndpointSubset.newBuilder().addAllPorts(ports));
            if (Pods.ready(pod) || service.getSpec().getPublishNotReadyAddresses()) {
                subset.addAddresses(address(service, pod));
            } else {
                subset.addNotReadyAddresses(address(service, pod));
            }
        }
        Endpoints.Builder after = before.map(Endpoints::toBuilder).orElseGet(Endpoints::newBuilder).clearSubsets();
        subsets.values().forEach(after::addSubsets);
        after.setMetadata(meta(service, after.getMetadata(), backends.size() > ADDRESSES_LIMIT));
        return before.filter(after.build()::equals).isPresent() ? Optional.empty() : Optional.of(after.build());
    }

    private static ObjectMeta meta(Service service, ObjectMeta before, boolean truncated) {
        ObjectMeta.Builder meta = before.toBuilder().setName(service.getMetadata().getName())
                .setNamespace(service.getMetadata().getNamespace()).clearLabels()
                .putAllLabels(service.getMetadata().getLabelsMap());
        if (Backends.headless(service)) {
            meta.putLabels("service.kubernetes.io/headless", "");
        }
        meta.putLabels(MANAGED_BY, MANAGER);
        if (truncated) {
            meta.putAnnotations(OVER_CAPACITY, "truncated");
        } else {
            meta.removeAnnotations(OVER_CAPACITY);
        }
        return meta.build();
    }

    private static List<EndpointPort> ports(Service service, Pod pod) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPortsList()) {
            Backends.targetPort(port, pod).ifPresent(number -> {
                EndpointPort.Builder found = EndpointPort.newBuilder().setPort(number)
                        .setProtocol(Backends.protocol(port.getProtocol()));
                if (!port.getName().isEmpty()) {
                    found.setName(port.getName());
                }
                ports.add(found.build());
            });
        }
        return ports;
    }

    private static EndpointAddress address(Service service, Pod pod) {
        EndpointAddress.Builder address = EndpointAddress.newBuilder().setIp(pod.getStatus().getPodIP())
                .setTargetRef(Backends.reference(pod));
        if (!pod.getSpec().getNodeName().isEmpty()) {
            address.setNodeName(pod.getSpec().getNodeName());
        }
        Backends.hostname(pod, service).ifPresent(address::setHostname);
        return address.build();
    }
}
