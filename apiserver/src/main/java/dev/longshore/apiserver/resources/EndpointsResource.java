package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.EndpointAddress;
import dev.longshore.api.core.v1.EndpointPort;
import dev.longshore.api.core.v1.EndpointSubset;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;

/** Endpoints (rules and defaults: Kubernetes API, core/v1). */
final class EndpointsResource extends GenericStrategy<Endpoints> {
    EndpointsResource() {
        super(ResourceTypes.ENDPOINTS);
    }

    @Override
    public Endpoints defaults(Endpoints endpoints) {
        Endpoints.Builder filled = super.defaults(endpoints).toBuilder();
        for (EndpointSubset.Builder subset : filled.getSubsetsBuilderList()) {
            subset.getPortsBuilderList().stream().filter(port -> port.getProtocol().isEmpty())
                    .forEach(port -> port.setProtocol("TCP"));
        }
        return filled.build();
    }

    @Override
    public List<StatusCause> validate(Endpoints endpoints) {
        Causes causes = new Causes();
        causes.addAll(super.validate(endpoints));
        for (int i = 0; i < endpoints.getSubsetsCount(); i++) {
            check("subsets[" + i + "]", endpoints.getSubsets(i), causes);
        }
        return causes.list();
    }

    private static void check(String path, EndpointSubset subset, Causes causes) {
        if (subset.getAddressesCount() == 0 && subset.getNotReadyAddressesCount() == 0) {
            causes.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        for (int i = 0; i < subset.getAddressesCount(); i++) {
            check(path + ".addresses[" + i + "]", subset.getAddresses(i), causes);
        }
        for (int i = 0; i < subset.getNotReadyAddressesCount(); i++) {
            check(path + ".notReadyAddresses[" + i + "]", subset.getNotReadyAddresses(i), causes);
        }
        for (int i = 0; i < subset.getPortsCount(); i++) {
            check(path + ".ports[" + i + "]", subset.getPorts(i), subset.getPortsCount() > 1, causes);
        }
    }

    private static void check(String path, EndpointAddress address, Causes causes) {
        if (!Addresses.isLoopback(address.getIp())) { // a cluster of one machine without a network leads to itself
            Addresses.checkReachable(path + ".ip", address.getIp(), causes);
        }
        if (!address.getHostname().isEmpty()) {
            Checks.label(path + ".hostname", address.getHostname(), causes);
        }
        if (address.hasNodeName()) {
            Checks.subdomain(path + ".nodeName", address.getNodeName(), causes);
        }
    }

    private static void check(String path, EndpointPort port, boolean nameNeeded, Causes causes) {
        if (!port.getName().isEmpty()) {
            Checks.label(path + ".name", port.getName(), causes);
        } else if (nameNeeded) {
            causes.required(path + ".name", "");
        }
        Checks.port(path + ".port", port.getPort(), causes);
        if (port.hasAppProtocol()) {
            Checks.qualifiedName(path + ".appProtocol", port.getAppProtocol(), causes);
        }
    }
}
