package dev.longshore.agent.dns;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.informer.Informer;
import java.util.List;
import java.util.Optional;

/** The names of the cluster, from informers. Create it before they are started, because it adds indexes. */
public final class InformerNames implements ClusterNames {
    private static final String BY_SERVICE = "dns-service";
    private static final String BY_ADDRESS = "dns-address";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;

    public InformerNames(Informer<Service> services, Informer<EndpointSlice> slices) {
        this.services = services;
        this.slices = slices;
        services.index(BY_ADDRESS, service -> service.getSpec().getClusterIPsCount() > 0
                ? service.getSpec().getClusterIPsList()
                : List.of(service.getSpec().getClusterIP()));
        slices.index(BY_SERVICE, slice -> List.of(slice.getMetadata().getNamespace() + "/"
                + slice.getMetadata().getLabelsMap().getOrDefault(SERVICE_LABEL, "")));
        slices.index(BY_ADDRESS, slice -> slice.getEndpointsList().stream()
                .flatMap(endpoint -> endpoint.getAddressesList().stream()).distinct().toList());
    }

    @Override
    public Optional<Service> service(String namespace, String name) {
        return services.get(new ObjectKey(namespace, name));
    }

    @Override
    public List<EndpointSlice> slices(String namespace, String service) {
        return slices.byIndex(BY_SERVICE, namespace + "/" + service);
    }

    @Override
    public Optional<Service> serviceByAddress(String address) {
        return services.byIndex(BY_ADDRESS, address).stream().findFirst();
    }

    @Override
    public List<EndpointSlice> slicesByAddress(String address) {
        return slices.byIndex(BY_ADDRESS, address);
    }

    @Override
    public boolean known() {
        return services.synced() && slices.synced();
    }
}
