package dev.longshore.agent.proxy;

import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides the rules of a node. Pure: the same Services, slices and configuration give the same rule set.
 *
 * <p>Example: Service {@code default/web} at 10.96.0.7, port 80 to two pods, gives the element {@code 10.96.0.7 . tcp .
 * 80 : goto svc-...} of the map {@code service-ips} and a chain {@code svc-...} with one {@code dnat} rule that draws
 * between the pods.
 */
public final class RuleCompiler {
    static final String SERVICE_IPS = "service-ips";
    static final String NODE_PORTS = "node-ports";
    static final String REFUSED_IPS = "refused-ips";
    static final String REFUSED_NODE_PORTS = "refused-node-ports";
    static final String CLUSTER_IPS = "cluster-ips";
    static final String HAIRPINS = "hairpins";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String NO_ADDRESS = "None";

    private final ProxyConfig config;

    public RuleCompiler(ProxyConfig config) {
        this.config = config;
    }

    RuleSet compile(List<Service> services, List<EndpointSlice> slices) {
        Map<String, List<EndpointSlice>> byService = slices.stream().collect(Collectors.groupingBy(
                slice -> slice.getMetadata().getNamespace() + "/"
                        + slice.getMetadata().getLabelsMap().getOrDefault(SERVICE_LABEL, "")));
        Draft draft = new Draft();
        for (Service service : services) {
            if (isProxied(service)) {
                List<EndpointSlice> own = byService.getOrDefault(
                        service.getMetadata().getNamespace() + "/" + service.getMetadata().getName(), List.of());
                service.getSpec().getPortsList().forEach(port -> addPort(service, port, own, draft));
            }
        }
        BaseChains.add(config, draft.chains);
        return new RuleSet(config.table(), draft.chains, draft.lookups());
    }

    /** Headless Services and names for the outside have no address; those that the node answers need no rules. */
    private boolean isProxied(Service service) {
        String address = service.getSpec().getClusterIP();
        return !service.getSpec().getType().equals("ExternalName") && !address.equals(NO_ADDRESS)
                && Ipv4.isAddress(address) && !config.ownAddresses().contains(address);
    }

    private void addPort(Service service, ServicePort port, List<EndpointSlice> slices, Draft draft) {
        PortRules rules = new PortRules(config, service, port, Backends.of(port, slices, config.nodeName()));
        String clusterIp = service.getSpec().getClusterIP();
        draft.clusterIps.put(clusterIp, "");
        draft.add(rules.hairpins(), rules.chains(), rules.learnedSets());
        draft.serve(addressKey(clusterIp, port), rules.internalVerdict());
        for (String address : externalAddresses(service)) {
            draft.serve(addressKey(address, port), rules.externalVerdict());
        }
        for (String address : balancerAddresses(service)) {
            draft.serve(addressKey(address, port), rules.balancerVerdict());
        }
        if (port.getNodePort() > 0) {
            draft.serveNodePort(protocol(port) + " . " + port.getNodePort(), rules.externalVerdict());
        }
    }

    private static String addressKey(String address, ServicePort port) {
        return address + " . " + protocol(port) + " . " + port.getPort();
    }

    static String protocol(ServicePort port) {
        return switch (Backends.protocol(port.getProtocol())) {
            case "UDP" -> "udp";
            case "SCTP" -> "sctp";
            default -> "tcp";
        };
    }

    private static List<String> externalAddresses(Service service) {
        return service.getSpec().getExternalIPsList().stream().filter(Ipv4::isReachableEndpoint).toList();
    }

    private static List<String> balancerAddresses(Service service) {
        return service.getStatus().getLoadBalancer().getIngressList().stream()
                .filter(ingress -> !ingress.getIpMode().equals("Proxy"))
                .map(ingress -> ingress.getIp()).filter(Ipv4::isReachableEndpoint).toList();
    }

    /** The tables under construction. */
    private static final class Draft {
        private static final String ADDRESS_KEY = "type ipv4_addr . inet_proto . inet_service : verdict ;";
        private static final String PORT_KEY = "type inet_proto . inet_service : verdict ;";
        private final SortedMap<String, Chain> chains = new TreeMap<>();
        private final SortedMap<String, String> serviceIps = new TreeMap<>();
        private final SortedMap<String, String> nodePorts = new TreeMap<>();
        private final SortedMap<String, String> refusedIps = new TreeMap<>();
        private final SortedMap<String, String> refusedNodePorts = new TreeMap<>();
        private final SortedMap<String, String> clusterIps = new TreeMap<>();
        private final SortedMap<String, String> hairpins = new TreeMap<>();
        private final List<String> learnedSets = new ArrayList<>();

        void add(List<String> pairs, Map<String, Chain> more, List<String> learned) {
            pairs.forEach(pair -> hairpins.put(pair, ""));
            chains.putAll(more);
            learnedSets.addAll(learned);
        }

        /** The first Service that claims a key keeps it. */
        void serve(String key, PortRules.Verdict verdict) {
            (verdict.refuses() ? refusedIps : serviceIps).putIfAbsent(key, verdict.text());
        }

        void serveNodePort(String key, PortRules.Verdict verdict) {
            (verdict.refuses() ? refusedNodePorts : nodePorts).putIfAbsent(key, verdict.text());
        }

        SortedMap<String, Lookup> lookups() {
            SortedMap<String, Lookup> lookups = new TreeMap<>();
            lookups.put(SERVICE_IPS, Lookup.map(ADDRESS_KEY, serviceIps));
            lookups.put(NODE_PORTS, Lookup.map(PORT_KEY, nodePorts));
            lookups.put(REFUSED_IPS, Lookup.map(ADDRESS_KEY, refusedIps));
            lookups.put(REFUSED_NODE_PORTS, Lookup.map(PORT_KEY, refusedNodePorts));
            lookups.put(CLUSTER_IPS, Lookup.set("type ipv4_addr ;", clusterIps));
            lookups.put(HAIRPINS, Lookup.set("type ipv4_addr . ipv4_addr ;", hairpins));
            learnedSets.forEach(name -> lookups.put(name.substring(0, name.indexOf(' ')),
                    Lookup.learnedSet(name.substring(name.indexOf(' ') + 1))));
            return lookups;
        }
    }
}
