package dev.longshore.agent.dns;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Services of namespace default: web (10.96.0.7), db (headless), many (headless, 100 endpoints), out (elsewhere). */
record FixedNames(List<Service> services, List<EndpointSlice> allSlices, boolean known) implements ClusterNames {
    static FixedNames some() {
        List<Endpoint> many = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            many.add(endpoint("10.244.9." + i, "", true));
        }
        return new FixedNames(
                List.of(service("web", "10.96.0.7", "ClusterIP", ""), service("db", "None", "ClusterIP", ""),
                        service("many", "None", "ClusterIP", ""), service("empty", "None", "ClusterIP", ""),
                        service("out", "", "ExternalName", "web.default.svc.example.org")),
                List.of(slice("web", List.of(endpoint("10.244.1.5", "", true))),
                        slice("db", List.of(endpoint("10.244.1.6", "db-0", true),
                                endpoint("10.244.2.6", "db-1", false))),
                        slice("many", many)),
                true);
    }

    private static Service service(String name, String address, String type, String externalName) {
        return Service.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(ServiceSpec.newBuilder().setClusterIP(address).setType(type).setExternalName(externalName)
                        .addPorts(ServicePort.newBuilder().setName("http").setProtocol("TCP").setPort(80)))
                .build();
    }

    private static EndpointSlice slice(String service, List<Endpoint> endpoints) {
        return EndpointSlice.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default")
                .setName(service + "-x").putLabels("kubernetes.io/service-name", service))
                .setAddressType("IPv4").addAllEndpoints(endpoints)
                .addPorts(EndpointPort.newBuilder().setName("http").setProtocol("TCP").setPort(8080)).build();
    }

    private static Endpoint endpoint(String address, String host, boolean ready) {
        return Endpoint.newBuilder().addAddresses(address).setHostname(host)
                .setConditions(EndpointConditions.newBuilder().setReady(ready)).build();
    }

    @Override
    public Optional<Service> service(String namespace, String name) {
        return services.stream().filter(service -> service.getMetadata().getNamespace().equals(namespace)
                && service.getMetadata().getName().equals(name)).findFirst();
    }

    @Override
    public List<EndpointSlice> slices(String namespace, String service) {
        return allSlices.stream().filter(slice -> slice.getMetadata().getNamespace().equals(namespace)
                && slice.getMetadata().getLabelsMap().containsValue(service)).toList();
    }

    @Override
    public Optional<Service> serviceByAddress(String address) {
        return services.stream().filter(service -> service.getSpec().getClusterIP().equals(address)).findFirst();
    }

    @Override
    public List<EndpointSlice> slicesByAddress(String address) {
        return allSlices.stream().filter(slice -> slice.getEndpointsList().stream()
                .anyMatch(endpoint -> endpoint.getAddressesList().contains(address))).toList();
    }
}
