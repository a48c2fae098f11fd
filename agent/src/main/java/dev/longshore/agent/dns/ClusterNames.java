package dev.longshore.agent.dns;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Optional;

/** The objects that have names, looked up in constant time. */
interface ClusterNames {
    Optional<Service> service(String namespace, String name);

    List<EndpointSlice> slices(String namespace, String service);

    Optional<Service> serviceByAddress(String address);

    /** Slices with an endpoint of this address. */
    List<EndpointSlice> slicesByAddress(String address);

    /** Whether the objects are known yet; until then nothing may be called unknown. */
    boolean known();
}
