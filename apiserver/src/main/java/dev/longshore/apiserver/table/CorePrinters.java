package dev.longshore.apiserver.table;

import static dev.longshore.apiserver.table.Cells.NONE;

import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.EndpointAddress;
import dev.longshore.api.core.v1.EndpointPort;
import dev.longshore.api.core.v1.EndpointSubset;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.LoadBalancerIngress;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeSystemInfo;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of nodes, Services, their endpoints, and events. */
final class CorePrinters {
    static final Printer<Node> NODE = Printer.of("Name, Status, Roles, Age, Version, Internal-IP*, External-IP*,"
            + " OS-Image*, Kernel-Version*, Container-Runtime*", CorePrinters::row);
    static final Printer<Service> SERVICE = Printer.of(
            "Name, Type, Cluster-IP, External-IP, Port(s), Age, Selector*", CorePrinters::row);
    static final Printer<Endpoints> ENDPOINTS = Printer.of("Name, Endpoints, Age", CorePrinters::row);
    static final Printer<EndpointSlice> ENDPOINT_SLICE = Printer.of("Name, AddressType, Ports, Endpoints, Age",
            CorePrinters::row);
    static final Printer<Event> EVENT = Printer.of("Last Seen, Type, Reason, Object, Subobject*, Source*, Message,"
            + " First Seen*, Count*, Name*", CorePrinters::row);

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE_LABEL = "kubernetes.io/role";
    private static final int SHOWN_ENDPOINTS = 3;

    private CorePrinters() {
    }

    private static Row row(Node node, Instant now) {
        NodeSystemInfo info = node.getStatus().getNodeInfo();
        return Row.of(node.getMetadata().getName(), status(node), roles(node),
                Ages.since(node.getMetadata().getCreationTimestamp(), now), info.getKubeletVersion(),
                address(node, "InternalIP"), address(node, "ExternalIP"), Cells.orUnknown(info.getOsImage()),
                Cells.orUnknown(info.getKernelVersion()), Cells.orUnknown(info.getContainerRuntimeVersion()));
    }

    private static String status(Node node) {
        String ready = node.getStatus().getConditionsList().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> condition.getStatus().equals("True") ? "Ready" : "NotReady").findFirst()
                .orElse("Unknown");
        return node.getSpec().getUnschedulable() ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(Node node) {
        TreeSet<String> roles = new TreeSet<>();
        node.getMetadata().getLabelsMap().forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals(ROLE_LABEL) && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return Cells.joined(roles);
    }

    private static String address(Node node, String type) {
        return node.getStatus().getAddressesList().stream().filter(address -> address.getType().equals(type))
                .map(address -> address.getAddress()).findFirst().orElse(NONE);
    }

    private static Row row(Service service, Instant now) {
        ServiceSpec spec = service.getSpec();
        return Row.of(service.getMetadata().getName(), spec.getType(),
                Cells.orNone(spec.getClusterIPsCount() > 0 ? spec.getClusterIPs(0) : spec.getClusterIP()),
                external(service), Cells.joined(spec.getPortsList().stream().map(CorePrinters::port).toList()),
                Ages.since(service.getMetadata().getCreationTimestamp(), now), Cells.labels(spec.getSelectorMap()));
    }

    private static String port(ServicePort port) {
        return port.getPort() + (port.getNodePort() > 0 ? ":" + port.getNodePort() : "") + "/" + port.getProtocol();
    }

    private static String external(Service service) {
        List<String> addresses = new ArrayList<>();
        if (service.getSpec().getType().equals("ExternalName")) {
            return service.getSpec().getExternalName();
        }
        boolean balanced = service.getSpec().getType().equals("LoadBalancer");
        if (balanced) {
            service.getStatus().getLoadBalancer().getIngressList().stream().map(CorePrinters::ingress)
                    .forEach(addresses::add);
        }
        addresses.addAll(service.getSpec().getExternalIPsList());
        return addresses.isEmpty() && balanced ? "<pending>" : Cells.joined(addresses);
    }

    private static String ingress(LoadBalancerIngress ingress) {
        return ingress.getIp().isEmpty() ? ingress.getHostname() : ingress.getIp();
    }

    private static Row row(Endpoints endpoints, Instant now) {
        List<String> all = endpoints.getSubsetsList().stream().flatMap(CorePrinters::addresses).toList();
        return Row.of(endpoints.getMetadata().getName(), shortened(all),
                Ages.since(endpoints.getMetadata().getCreationTimestamp(), now));
    }

    private static Stream<String> addresses(EndpointSubset subset) {
        List<EndpointPort> ports = subset.getPortsList();
        Stream<String> ips = subset.getAddressesList().stream().map(EndpointAddress::getIp);
        return ports.isEmpty()
                ? ips
                : ports.stream().flatMap(port -> subset.getAddressesList().stream()
                        .map(address -> address.getIp() + ":" + port.getPort()));
    }

    private static String shortened(List<String> all) {
        String shown = all.stream().limit(SHOWN_ENDPOINTS).collect(Collectors.joining(","));
        return all.isEmpty()
                ? NONE
                : all.size() <= SHOWN_ENDPOINTS ? shown : shown + " + " + (all.size() - SHOWN_ENDPOINTS) + " more...";
    }

    private static Row row(EndpointSlice slice, Instant now) {
        List<String> ports = slice.getPortsList().stream()
                .map(port -> port.hasPort() ? Integer.toString(port.getPort()) : "*").toList();
        List<String> addresses = slice.getEndpointsList().stream()
                .flatMap(endpoint -> endpoint.getAddressesList().stream()).toList();
        return Row.of(slice.getMetadata().getName(), slice.getAddressType(),
                ports.isEmpty() ? "<unset>" : shortened(ports),
                addresses.isEmpty() ? "<unset>" : shortened(addresses),
                Ages.since(slice.getMetadata().getCreationTimestamp(), now));
    }

    private static Row row(Event event, Instant now) {
        String first = event.hasFirstTimestamp()
                ? Ages.since(event.getFirstTimestamp(), now)
                : Ages.since(event.getEventTime(), now);
        String last = event.hasSeries()
                ? Ages.since(event.getSeries().getLastObservedTime(), now)
                : event.hasLastTimestamp() ? Ages.since(event.getLastTimestamp(), now) : first;
        int count = event.hasSeries() ? event.getSeries().getCount() : Math.max(1, event.getCount());
        String object = event.getInvolvedObject().getKind().toLowerCase(Locale.ROOT)
                + (event.getInvolvedObject().getName().isEmpty() ? "" : "/" + event.getInvolvedObject().getName());
        return Row.of(last, event.getType(), event.getReason(), object, event.getInvolvedObject().getFieldPath(),
                source(event), event.getMessage().strip(), first, count, event.getMetadata().getName());
    }

    private static String source(Event event) {
        String component = event.getSource().getComponent().isEmpty()
                ? event.getReportingComponent()
                : event.getSource().getComponent();
        String host = event.getSource().getHost().isEmpty()
                ? event.getReportingInstance()
                : event.getSource().getHost();
        return host.isEmpty() ? component : component + ", " + host;
    }
}
