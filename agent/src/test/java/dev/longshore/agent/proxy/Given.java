package dev.longshore.agent.proxy;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Services and slices of tests, short to write. */
final class Given {
    static final ProxyConfig CONFIG = new ProxyConfig("longshore", "n1", "10.244.1.0/24", "10.244.0.0/16",
            Set.of("10.96.0.10"), true);

    private Given() {
    }

    static Service service(String name, String clusterIp, UnaryOperator<ServiceSpec.Builder> more) {
        ServiceSpec.Builder spec = ServiceSpec.newBuilder().setType("ClusterIP").setClusterIP(clusterIp)
                .addPorts(ServicePort.newBuilder().setProtocol("TCP").setPort(80));
        return Service.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(more.apply(spec)).build();
    }

    static Service service(String name, String clusterIp) {
        return service(name, clusterIp, spec -> spec);
    }

    static EndpointSlice slice(String service, Endpoint... endpoints) {
        return EndpointSlice.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(service + "-a")
                        .putLabels("kubernetes.io/service-name", service))
                .setAddressType("IPv4")
                .addPorts(EndpointPort.newBuilder().setName("").setProtocol("TCP").setPort(8080))
                .addAllEndpoints(List.of(endpoints)).build();
    }

    static Endpoint ready(String address, String node) {
        return endpoint(address, node, true, true, false);
    }

    static Endpoint endpoint(String address, String node, boolean ready, boolean serving, boolean terminating) {
        return Endpoint.newBuilder().addAddresses(address).setNodeName(node)
                .setConditions(EndpointConditions.newBuilder().setReady(ready).setServing(serving)
                        .setTerminating(terminating))
                .build();
    }
}
