package dev.longshore.agent.network;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides the routes of a node. Pure. */
final class RoutePlan {
    private RoutePlan() {
    }

    /**
     * The routes to the pods of all other nodes that have a pod network and an address, by network.
     *
     * @param onLink the network of this node's own address, whose members are reached without a router
     */
    static List<Route> of(List<Node> nodes, String self, Cidr onLink) {
        List<Route> routes = new ArrayList<>();
        for (Node node : nodes) {
            if (!node.getMetadata().getName().equals(self)) {
                podCidr(node).ifPresent(pods -> internalAddress(node)
                        .ifPresent(address -> routes.add(route(pods, address, onLink))));
            }
        }
        routes.sort(Comparator.comparing(route -> route.pods().toString()));
        return routes;
    }

    private static Route route(Cidr pods, String address, Cidr onLink) {
        return onLink.contains(address)
                ? new Route.Direct(pods, address)
                : new Route.Tunnelled(pods, address, hardwareAddress(address));
    }

    /** The pod network that the control plane gave to a node; empty until then, and for one that is no IPv4. */
    static Optional<Cidr> podCidr(Node node) {
        return parsed(node.getSpec().getPodCIDR());
    }

    private static Optional<Cidr> parsed(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Cidr.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> internalAddress(Node node) {
        return node.getStatus().getAddressesList().stream()
                .filter(address -> address.getType().equals("InternalIP")).map(NodeAddress::getAddress)
                .filter(address -> parsed(address + "/32").isPresent()).findFirst();
    }

    /** A locally administered address made of the node's own, so that nobody has to be asked for it. */
    static String hardwareAddress(String address) {
        int bits = Cidr.address(address);
        return String.format("0a:4c:%02x:%02x:%02x:%02x", bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
    }
}
