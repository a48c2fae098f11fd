package dev.longshore.agent.proxy;

import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointConditions;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where new connections to one Service port go: ready endpoints, or, when there is none, those that still serve while
 * they terminate (Kubernetes, KEP-1669). The choice is made once for the cluster and once among this node's own.
 *
 * @param cluster for traffic that may leave the node
 * @param local   for traffic that must stay on the node
 */
record Backends(List<Backend> cluster, List<Backend> local) {
    /** @param slices the Service's slices, whatever their address type */
    static Backends of(ServicePort port, List<EndpointSlice> slices, String nodeName) {
        List<Candidate> candidates = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            if (slice.getAddressType().equals("IPv4")) {
                slice.getPortsList().stream().filter(found -> matches(found, port)).findFirst()
                        .ifPresent(found -> collect(slice, found.getPort(), nodeName, candidates));
            }
        }
        return new Backends(choose(candidates, _ -> true), choose(candidates, Backend::local));
    }

    private static boolean matches(EndpointPort found, ServicePort port) {
        return found.getName().equals(port.getName()) && found.getPort() > 0
                && protocol(found.getProtocol()).equals(protocol(port.getProtocol()));
    }

    /** The default of the API is TCP. */
    static String protocol(String name) {
        return name.isEmpty() ? "TCP" : name;
    }

    private static void collect(EndpointSlice slice, int port, String nodeName, List<Candidate> into) {
        for (Endpoint endpoint : slice.getEndpointsList()) {
            // The addresses of one endpoint are fungible; every controller writes exactly one.
            if (endpoint.getAddressesCount() > 0 && Ipv4.isReachableEndpoint(endpoint.getAddresses(0))) {
                EndpointConditions conditions = endpoint.getConditions();
                boolean ready = !conditions.hasReady() || conditions.getReady();
                boolean serving = conditions.hasServing() ? conditions.getServing() : ready;
                into.add(new Candidate(
                        new Backend(endpoint.getAddresses(0), port, endpoint.getNodeName().equals(nodeName)),
                        ready, serving && conditions.getTerminating()));
            }
        }
    }

    private static List<Backend> choose(List<Candidate> candidates, Predicate<Backend> wanted) {
        List<Backend> ready = pick(candidates, candidate -> candidate.ready && wanted.test(candidate.backend));
        return ready.isEmpty()
                ? pick(candidates, candidate -> candidate.leaving && wanted.test(candidate.backend))
                : ready;
    }

    private static List<Backend> pick(List<Candidate> candidates, Predicate<Candidate> wanted) {
        TreeSet<Backend> picked = new TreeSet<>();
        candidates.stream().filter(wanted).forEach(candidate -> picked.add(candidate.backend));
        return List.copyOf(picked);
    }

    private record Candidate(Backend backend, boolean ready, boolean leaving) {}
}
