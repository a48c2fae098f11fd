package dev.longshore.agent.dns;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names of one Service: itself, its endpoints' hosts, and its ports. */
final class ServiceNames {
    private static final String WITHOUT_ADDRESS = "None";
    private static final int PRIORITY = 0;
    private static final int WEIGHT = 100;

    private final Service service;
    private final List<EndpointSlice> slices;
    private final String name;

    /** @param name of the Service in full */
    ServiceNames(Service service, List<EndpointSlice> slices, String name) {
        this.service = service;
        this.slices = slices;
        this.name = name;
    }

    static boolean isHeadless(Service service) {
        return service.getSpec().getClusterIP().equals(WITHOUT_ADDRESS);
    }

    /** The label of an endpoint: its host name, or its address with dashes. */
    static String hostOf(Endpoint endpoint) {
        return endpoint.getHostname().isEmpty()
                ? endpoint.getAddresses(0).replace('.', '-').replace(':', '-')
                : endpoint.getHostname();
    }

    Answer whole(Question question) {
        if (service.getSpec().getType().equals("ExternalName")) {
            return new Answer.Elsewhere(question.name(), service.getSpec().getExternalName());
        }
        if (question.type() == Question.SRV) {
            return ports("", "");
        }
        return addresses(question, isHeadless(service) ? endpointAddresses("") : clusterAddresses());
    }

    Answer host(Question question, String host) {
        List<String> addresses = isHeadless(service) ? endpointAddresses(host) : List.of();
        return addresses.isEmpty() ? new Answer.NoSuchName() : addresses(question, addresses);
    }

    Answer port(Question question, String port, String protocol) {
        if (!port.startsWith("_") || !protocol.startsWith("_")) {
            return new Answer.NoSuchName();
        }
        Answer answer = ports(port.substring(1), protocol.substring(1));
        return question.wants(Question.SRV) || answer instanceof Answer.NoSuchName ? answer : new Answer.NoData();
    }

    private List<String> clusterAddresses() {
        return service.getSpec().getClusterIPsCount() > 0
                ? service.getSpec().getClusterIPsList()
                : List.of(service.getSpec().getClusterIP());
    }

    /** Addresses of ready endpoints, once each; of all of them with "" as host. */
    private List<String> endpointAddresses(String host) {
        Set<String> found = new LinkedHashSet<>();
        for (EndpointSlice slice : slices) {
            readyEndpoints(slice).stream().filter(endpoint -> host.isEmpty() || hostOf(endpoint).equals(host))
                    .forEach(endpoint -> found.add(endpoint.getAddresses(0)));
        }
        return List.copyOf(found);
    }

    private static List<Endpoint> readyEndpoints(EndpointSlice slice) {
        return slice.getEndpointsList().stream().filter(endpoint -> endpoint.getAddressesCount() > 0
                && (!endpoint.getConditions().hasReady() || endpoint.getConditions().getReady())).toList();
    }

    private static Answer addresses(Question question, List<String> addresses) {
        List<DnsRecord> records = new ArrayList<>();
        for (String address : addresses) {
            if (!address.isEmpty() && question.wants(address.contains(":") ? Question.AAAA : Question.A)) {
                records.add(new DnsRecord.Address(question.name(), address));
            }
        }
        return records.isEmpty() ? new Answer.NoData() : new Answer.Found(records, List.of());
    }

    /** SRV records of the port with this name and protocol; of all named ports with "" for both. */
    private Answer ports(String port, String protocol) {
        List<DnsRecord> records = new ArrayList<>();
        List<DnsRecord> additional = new ArrayList<>();
        if (isHeadless(service)) {
            slices.forEach(slice -> slice.getPortsList().stream()
                    .filter(found -> matches(found.getName(), found.getProtocol(), port, protocol))
                    .forEach(found -> endpointPorts(slice, found, records, additional)));
        } else {
            service.getSpec().getPortsList().stream()
                    .filter(found -> matches(found.getName(), found.getProtocol(), port, protocol))
                    .forEach(found -> servicePort(found, records, additional));
        }
        return records.isEmpty() ? new Answer.NoSuchName() : new Answer.Found(records, additional);
    }

    private static boolean matches(String name, String foundProtocol, String port, String protocol) {
        String actual = foundProtocol.isEmpty() ? "tcp" : foundProtocol.toLowerCase(Locale.ROOT);
        return port.isEmpty() && protocol.isEmpty() ? !name.isEmpty() : name.equals(port) && actual.equals(protocol);
    }

    private void servicePort(ServicePort port, List<DnsRecord> records, List<DnsRecord> additional) {
        records.add(new DnsRecord.ServicePort(owner(port.getName(), port.getProtocol()), PRIORITY, WEIGHT,
                port.getPort(), name));
        if (additional.isEmpty()) {
            clusterAddresses().forEach(address -> additional.add(new DnsRecord.Address(name, address)));
        }
    }

    private void endpointPorts(EndpointSlice slice, EndpointPort port, List<DnsRecord> records,
            List<DnsRecord> additional) {
        for (Endpoint endpoint : readyEndpoints(slice)) {
            String host = hostOf(endpoint) + "." + name;
            records.add(new DnsRecord.ServicePort(owner(port.getName(), port.getProtocol()), PRIORITY, WEIGHT,
                    port.getPort(), host));
            additional.add(new DnsRecord.Address(host, endpoint.getAddresses(0)));
        }
    }

    private String owner(String port, String protocol) {
        return "_" + port + "._" + (protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT)) + "." + name;
    }
}
