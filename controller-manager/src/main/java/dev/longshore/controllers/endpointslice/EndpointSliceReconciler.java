package dev.longshore.controllers.endpointslice;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.objects.Selectors;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out what {@link EndpointSlicePlan} decides. */
public final class EndpointSliceReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 5;
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<EndpointSlice> slices;

    public EndpointSliceReconciler(Informers informers) {
        this.services = informers.of(ResourceTypes.SERVICES);
        this.pods = informers.of(ResourceTypes.PODS);
        this.nodes = informers.of(ResourceTypes.NODES);
        this.slices = informers.of(ResourceTypes.ENDPOINT_SLICES);
    }

    public ControllerSpec<ObjectKey> spec() {
        return new ControllerSpec<>("endpoint_slice", WORKERS, this, List.of(Source.self(ResourceTypes.SERVICES),
                new Source<>(ResourceTypes.PODS, pod -> ServicesOfPod.keys(services, pod)),
                new Source<>(ResourceTypes.ENDPOINT_SLICES, EndpointSliceReconciler::serviceOf)),
                List.of(ResourceTypes.NODES), List.of());
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        List<EndpointSlice> mine = slices.byIndex(Informers.SERVICE, key.toString()).stream()
                .filter(slice -> slice.getMetadata().getLabelsMap().getOrDefault(EndpointSlicePlan.MANAGED_BY, "")
                        .equals(EndpointSlicePlan.MANAGER))
                .toList();
        Optional<Service> service = services.get(key).filter(s -> !s.getMetadata().hasDeletionTimestamp());
        if (service.isEmpty()) {
            mine.forEach(slice -> delete(slice, client));
        } else if (Backends.selects(service.get())) {
            List<Pod> selected = pods.list(key.namespace()).stream().filter(pod -> Selectors.matches(
                    service.get().getSpec().getSelectorMap(), pod.getMetadata().getLabelsMap())).toList();
            EndpointSlicePlan.of(new EndpointSlicePlan.Snapshot(service.get(), selected, zones(selected), mine))
                    .forEach(action -> execute(action, client));
        }
        return Outcome.done();
    }

    private static void execute(SliceAction action, ApiClient client) {
        switch (action) {
            case SliceAction.Create(EndpointSlice slice) -> client.create(ResourceTypes.ENDPOINT_SLICES, slice);
            case SliceAction.Update(EndpointSlice slice) -> client.update(ResourceTypes.ENDPOINT_SLICES, slice);
            case SliceAction.Delete(EndpointSlice slice) -> delete(slice, client);
        }
    }

    private static void delete(EndpointSlice slice, ApiClient client) {
        try {
            client.delete(ResourceTypes.ENDPOINT_SLICES, ResourceTypes.ENDPOINT_SLICES.key(slice),
                    DeleteQuery.of(slice.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private Map<String, String> zones(List<Pod> selected) {
        Map<String, String> zones = new TreeMap<>();
        for (Pod pod : selected) {
            String name = pod.getSpec().getNodeName();
            nodes.get(ObjectKey.cluster(name))
                    .flatMap(node -> Optional.ofNullable(node.getMetadata().getLabelsMap().get(ZONE)))
                    .ifPresent(zone -> zones.put(name, zone));
        }
        return zones;
    }

    private static List<ObjectKey> serviceOf(EndpointSlice slice) {
        String service = slice.getMetadata().getLabelsMap().getOrDefault(EndpointSlicePlan.SERVICE_LABEL, "");
        return service.isEmpty()
                ? List.of()
                : List.of(new ObjectKey(slice.getMetadata().getNamespace(), service));
    }
}
