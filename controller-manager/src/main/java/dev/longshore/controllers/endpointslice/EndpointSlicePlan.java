package dev.longshore.controllers.endpointslice;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.controllers.objects.Owners;
import dev.longshore.controllers.objects.Pods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which slices a Service has to have. Pure. An endpoint stays in the slice it is in; new ones fill the gaps of slices
 * before another slice is made, so one pod's change is one small write.
 */
final class EndpointSlicePlan {
    /** Endpoints of one slice (source: Kubernetes, EndpointSlice controller default). */
    static final int ENDPOINTS_LIMIT = 100;
    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";
    private static final String HEADLESS = "service.kubernetes.io/headless";

    /**
     * What the plan is made of.
     *
     * @param pods   that the Service selects
     * @param zones  by node name
     * @param slices that this controller made for the Service
     */
    record Snapshot(Service service, List<Pod> pods, Map<String, String> zones, List<EndpointSlice> slices) {}

    private record Group(String family, List<EndpointPort> ports) {}

    private final Snapshot snapshot;

    private EndpointSlicePlan(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static List<SliceAction> of(Snapshot snapshot) {
        return new EndpointSlicePlan(snapshot).actions();
    }

    private List<SliceAction> actions() {
        Map<Group, TreeMap<String, Endpoint>> wanted = wanted();
        List<SliceAction> actions = new ArrayList<>();
        Map<Group, List<EndpointSlice>> present = new LinkedHashMap<>();
        for (EndpointSlice slice : snapshot.slices()) {
            Group group = new Group(slice.getAddressType(), slice.getPortsList());
            if (wanted.containsKey(group)) {
                present.computeIfAbsent(group, _ -> new ArrayList<>()).add(slice);
            } else if (!slice.getMetadata().hasDeletionTimestamp()) {
                actions.add(new SliceAction.Delete(slice));
            }
        }
        // New slices first: what moves to another slice must not be missing in between.
        wanted.forEach((group, endpoints) -> actions.addAll(0,
                fit(group, endpoints, present.getOrDefault(group, List.of()))));
        return actions;
    }

    private Map<Group, TreeMap<String, Endpoint>> wanted() {
        Map<Group, TreeMap<String, Endpoint>> wanted = new LinkedHashMap<>();
        for (String family : families()) {
            for (Pod pod : Backends.of(snapshot.pods())) {
                Backends.address(pod, family).ifPresent(address -> wanted
                        .computeIfAbsent(new Group(family, ports(pod)), _ -> new TreeMap<>())
                        .put(pod.getMetadata().getUid(), endpoint(pod, address)));
            }
        }
        return wanted;
    }

    private List<String> families() {
        List<String> families = snapshot.service().getSpec().getIpFamiliesList();
        return families.isEmpty() ? List.of("IPv4") : families;
    }

    private List<EndpointPort> ports(Pod pod) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : snapshot.service().getSpec().getPortsList()) {
            Backends.targetPort(port, pod).ifPresent(number -> {
                EndpointPort.Builder found = EndpointPort.newBuilder().setName(port.getName())
                        .setProtocol(Backends.protocol(port.getProtocol())).setPort(number);
                if (port.hasAppProtocol()) {
                    found.setAppProtocol(port.getAppProtocol());
                }
                ports.add(found.build());
            });
        }
        return ports;
    }

    private Endpoint endpoint(Pod pod, String address) {
        boolean serving = Pods.ready(pod);
        boolean terminating = Pods.terminating(pod);
        boolean ready = snapshot.service().getSpec().getPublishNotReadyAddresses() || serving && !terminating;
        Endpoint.Builder endpoint = Endpoint.newBuilder().addAddresses(address)
                .setConditions(EndpointConditions.newBuilder().setReady(ready).setServing(serving)
                        .setTerminating(terminating))
                .setTargetRef(Backends.reference(pod));
        if (!pod.getSpec().getNodeName().isEmpty()) {
            endpoint.setNodeName(pod.getSpec().getNodeName());
            Optional.ofNullable(snapshot.zones().get(pod.getSpec().getNodeName())).ifPresent(endpoint::setZone);
        }
        Backends.hostname(pod, snapshot.service()).ifPresent(endpoint::setHostname);
        return endpoint.build();
    }

    private List<SliceAction> fit(Group group, TreeMap<String, Endpoint> endpoints, List<EndpointSlice> slices) {
        TreeMap<String, Endpoint> homeless = new TreeMap<>(endpoints);
        List<List<Endpoint>> kept = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            List<Endpoint> stays = new ArrayList<>();
            for (Endpoint endpoint : slice.getEndpointsList()) {
                Optional.ofNullable(homeless.remove(endpoint.getTargetRef().getUid())).ifPresent(stays::add);
            }
            kept.add(stays);
        }
        List<SliceAction> actions = new ArrayList<>();
        List<SliceAction> deletes = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            List<Endpoint> content = kept.get(i);
            while (!homeless.isEmpty() && content.size() < ENDPOINTS_LIMIT) {
                content.add(homeless.pollFirstEntry().getValue());
            }
            EndpointSlice before = slices.get(i);
            EndpointSlice after = before.toBuilder().setMetadata(labelled(before.getMetadata())).clearEndpoints()
                    .addAllEndpoints(content).build();
            if (content.isEmpty()) {
                deletes.add(new SliceAction.Delete(before));
            } else if (!after.equals(before)) {
                actions.add(new SliceAction.Update(after));
            }
        }
        while (!homeless.isEmpty()) {
            EndpointSlice.Builder slice = empty(group);
            while (!homeless.isEmpty() && slice.getEndpointsCount() < ENDPOINTS_LIMIT) {
                slice.addEndpoints(homeless.pollFirstEntry().getValue());
            }
            actions.add(new SliceAction.Create(slice.build()));
        }
        actions.addAll(deletes);
        return actions;
    }

    private EndpointSlice.Builder empty(Group group) {
        ObjectMeta service = snapshot.service().getMetadata();
        ObjectMeta meta = ObjectMeta.newBuilder().setGenerateName(service.getName() + "-")
                .setNamespace(service.getNamespace())
                .addOwnerReferences(Owners.reference(ResourceTypes.SERVICES, snapshot.service())).build();
        return EndpointSlice.newBuilder().setMetadata(labelled(meta)).setAddressType(group.family())
                .addAllPorts(group.ports());
    }

    private ObjectMeta labelled(ObjectMeta meta) {
        ObjectMeta.Builder builder = meta.toBuilder().clearLabels()
                .putAllLabels(snapshot.service().getMetadata().getLabelsMap())
                .putLabels(SERVICE_LABEL, snapshot.service().getMetadata().getName()).putLabels(MANAGED_BY, MANAGER);
        if (Backends.headless(snapshot.service())) {
            builder.putLabels(HEADLESS, "");
        } else {
            builder.removeLabels(HEADLESS);
        }
        return builder.build();
    }
}
