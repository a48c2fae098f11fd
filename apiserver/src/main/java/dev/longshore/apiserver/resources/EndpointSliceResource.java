package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.discovery.v1.ForZone;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.values.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** EndpointSlices (rules and defaults: Kubernetes API, discovery/v1). */
final class EndpointSliceResource extends GenericStrategy<EndpointSlice> {
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_ZONES = 8;
    private static final int MAX_PORTS = 20_000;

    EndpointSliceResource() {
        super(ResourceTypes.ENDPOINT_SLICES);
    }

    @Override
    public EndpointSlice defaults(EndpointSlice slice) {
        EndpointSlice.Builder filled = super.defaults(slice).toBuilder();
        for (EndpointPort.Builder port : filled.getPortsBuilderList()) {
            if (!port.hasName()) {
                port.setName("");
            }
            if (!port.hasProtocol()) {
                port.setProtocol("TCP");
            }
        }
        return filled.build();
    }

    @Override
    public EndpointSlice prepareForCreate(EndpointSlice slice) {
        EndpointSlice.Builder kept = slice.toBuilder();
        kept.getEndpointsBuilderList().forEach(Endpoint.Builder::clearDeprecatedTopology);
        return kept.build();
    }

    @Override
    public List<StatusCause> validate(EndpointSlice slice) {
        Causes causes = new Causes();
        causes.addAll(super.validate(slice));
        if (slice.getEndpointsCount() > MAX_ENDPOINTS) {
            causes.tooMany("endpoints", slice.getEndpointsCount(), MAX_ENDPOINTS);
        }
        if (slice.getPortsCount() > MAX_PORTS) {
            causes.tooMany("ports", slice.getPortsCount(), MAX_PORTS);
        }
        for (int i = 0; i < slice.getEndpointsCount(); i++) {
            check("endpoints[" + i + "]", slice.getAddressType(), slice.getEndpoints(i), causes);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < slice.getPortsCount(); i++) {
            EndpointPort port = slice.getPorts(i);
            if (!port.getName().isEmpty()) {
                Checks.label("ports[" + i + "].name", port.getName(), causes);
            }
            if (port.hasAppProtocol()) {
                Checks.qualifiedName("ports[" + i + "].appProtocol", port.getAppProtocol(), causes);
            }
            if (!names.add(port.getName())) {
                causes.duplicate("ports[" + i + "].name", port.getName());
            }
        }
        return causes.list();
    }

    private static void check(String path, String type, Endpoint endpoint, Causes causes) {
        if (endpoint.getAddressesCount() > MAX_ADDRESSES) {
            causes.tooMany(path + ".addresses", endpoint.getAddressesCount(), MAX_ADDRESSES);
        }
        for (int i = 0; i < endpoint.getAddressesCount(); i++) {
            String address = endpoint.getAddresses(i);
            String place = path + ".addresses[" + i + "]";
            switch (type) {
                case "IPv4" -> {
                    if (!Addresses.isIpv4(address)) {
                        causes.invalid(place, address, "must be a valid IPv4 address");
                    } else if (!Addresses.isLoopback(address)) { // a cluster of one machine leads to itself
                        Addresses.checkReachable(place, address, causes);
                    }
                }
                case "IPv6" -> {
                    if (!Addresses.isIpv6(address)) {
                        causes.invalid(place, address, "must be a valid IPv6 address");
                    } else if (!Addresses.isLoopback(address)) {
                        Addresses.checkReachable(place, address, causes);
                    }
                }
                case "FQDN" -> Checks.subdomain(place, address, causes);
                default -> {
                }
            }
        }
        if (endpoint.hasHostname()) {
            Checks.label(path + ".hostname", endpoint.getHostname(), causes);
        }
        if (endpoint.hasNodeName()) {
            Checks.subdomain(path + ".nodeName", endpoint.getNodeName(), causes);
        }
        checkZones(path + ".hints.forZones", endpoint.getHints().getForZonesList(), causes);
    }

    private static void checkZones(String path, List<ForZone> zones, Causes causes) {
        if (zones.size() > MAX_ZONES) {
            causes.tooMany(path, zones.size(), MAX_ZONES);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < zones.size(); i++) {
            String field = path + "[" + i + "].name";
            String name = zones.get(i).getName();
            Names.labelValue(name).forEach(problem -> causes.invalid(field, name, problem));
            if (!names.add(name)) {
                causes.duplicate(field, name);
            }
        }
    }

    /** Labels count: one of them says which Service the slice belongs to. */
    @Override
    public boolean specificationDiffers(EndpointSlice slice, EndpointSlice other) {
        return super.specificationDiffers(slice, other)
                || !slice.getMetadata().getLabelsMap().equals(other.getMetadata().getLabelsMap());
    }

    @Override
    public List<StatusCause> validateUpdate(EndpointSlice slice, EndpointSlice stored, String subresource) {
        Causes causes = new Causes();
        causes.addAll(validate(slice));
        if (!slice.getAddressType().equals(stored.getAddressType())) {
            causes.invalid("addressType", slice.getAddressType(), "field is immutable");
        }
        return causes.list();
    }
}
