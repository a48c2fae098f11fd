package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.EndpointAddress;
import dev.longshore.api.core.v1.EndpointPort;
import dev.longshore.api.core.v1.EndpointSubset;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.scheduling.v1.PriorityClass;
import dev.longshore.api.values.IntOrStrings;
import dev.longshore.client.ApiClient;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The objects that every cluster has from its start (source: what a Kubernetes API server creates by itself). Running
 * it
 * again, or on several servers at once, changes nothing that is right already.
 */
public final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final ObjectKey API = new ObjectKey("default", "kubernetes");
    private static final String PORT_NAME = "https";
    private static final int PORT = 443;
    private static final int CLUSTER_CRITICAL = 2_000_000_000;
    private static final int NODE_CRITICAL = 2_000_001_000;

    private final ApiClient client;

    public Bootstrap(ApiClient client) {
        this.client = client;
    }

    /**
     * Creates what is missing and corrects where the API server is reached.
     *
     * @param clusterIp     of the Service {@code kubernetes}: the first address of the service network
     * @param serverAddress IPv4 address at which pods reach this API server
     */
    public void run(String clusterIp, String serverAddress, int serverPort) {
        NAMESPACES.forEach(name -> create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(name)).build()));
        create(ResourceTypes.PRIORITY_CLASSES, priority("system-cluster-critical", CLUSTER_CRITICAL,
                "Used for system critical pods that must run in the cluster, but can be moved to another node."));
        create(ResourceTypes.PRIORITY_CLASSES, priority("system-node-critical", NODE_CRITICAL,
                "Used for system critical pods that must not be moved from their current node."));
        create(ResourceTypes.SERVICES, service(clusterIp, serverPort));
        Endpoints endpoints = endpoints(serverAddress, serverPort);
        put(ResourceTypes.ENDPOINTS, endpoints,
                stored -> stored.toBuilder().clearSubsets().addAllSubsets(endpoints.getSubsetsList()).build());
        EndpointSlice slice = slice(serverAddress, serverPort);
        put(ResourceTypes.ENDPOINT_SLICES, slice, stored -> stored.toBuilder().clearEndpoints().clearPorts()
                .addAllEndpoints(slice.getEndpointsList()).addAllPorts(slice.getPortsList()).build());
    }

    private <T extends Message> void create(ResourceType<T> type, T object) {
        put(type, object, UnaryOperator.identity());
    }

    private <T extends Message> void put(ResourceType<T> type, T object, UnaryOperator<T> correct) {
        try {
            client.create(type, object);
        } catch (ApiException refused) {
            // INVALID: another server has claimed the address of the Service and is about to write it
            if (!refused.is(Reason.ALREADY_EXISTS) && !refused.is(Reason.INVALID)) {
                throw refused;
            }
            T stored = client.get(type, type.key(object));
            T wanted = correct.apply(stored);
            if (!wanted.equals(stored)) {
                client.update(type, wanted);
            }
        }
    }

    private static PriorityClass priority(String name, int value, String description) {
        return PriorityClass.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(name)).setValue(value)
                .setDescription(description).build();
    }

    private static ObjectMeta.Builder meta() {
        return ObjectMeta.newBuilder().setNamespace(API.namespace()).setName(API.name());
    }

    private static Service service(String clusterIp, int serverPort) {
        return Service.newBuilder()
                .setMetadata(meta().putLabels("component", "apiserver").putLabels("provider", "kubernetes"))
                .setSpec(ServiceSpec.newBuilder().setClusterIP(clusterIp).addPorts(ServicePort.newBuilder()
                        .setName(PORT_NAME).setPort(PORT).setTargetPort(IntOrStrings.of(serverPort))))
                .build();
    }

    private static Endpoints endpoints(String address, int port) {
        return Endpoints.newBuilder()
                .setMetadata(meta().putLabels("endpointslice.kubernetes.io/skip-mirror", "true"))
                .addSubsets(EndpointSubset.newBuilder().addAddresses(EndpointAddress.newBuilder().setIp(address))
                        .addPorts(EndpointPort.newBuilder().setName(PORT_NAME).setPort(port).setProtocol("TCP")))
                .build();
    }

    private static EndpointSlice slice(String address, int port) {
        return EndpointSlice.newBuilder().setMetadata(meta().putLabels("kubernetes.io/service-name", API.name()))
                .setAddressType("IPv4")
                .addEndpoints(Endpoint.newBuilder().addAddresses(address)
                        .setConditions(EndpointConditions.newBuilder().setReady(true)))
                .addPorts(dev.longshore.api.discovery.v1.EndpointPort.newBuilder().setName(PORT_NAME).setPort(port)
                        .setProtocol("TCP"))
                .build();
    }
}
