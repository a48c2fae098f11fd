package dev.longshore.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeAddress;
import dev.longshore.api.core.v1.NodeSpec;
import dev.longshore.api.core.v1.NodeStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutePlanTest {
    static Node node(String name, String podCidr, String address) {
        return Node.newBuilder().setMetadata(ObjectMeta.newBuilder().setName(name))
                .setSpec(NodeSpec.newBuilder().setPodCIDR(podCidr))
                .setStatus(NodeStatus.newBuilder().addAddresses(
                        NodeAddress.newBuilder().setType("InternalIP").setAddress(address)))
                .build();
    }

    @Test
    void neighboursAreReachedDirectlyAndOthersThroughTheTunnel() {
        List<Route> routes = RoutePlan.of(List.of(node("n1", "10.244.1.0/24", "192.0.2.1"),
                node("n3", "10.244.3.0/24", "198.51.100.3"), node("n2", "10.244.2.0/24", "192.0.2.2")),
                "n1", Cidr.parse("192.0.2.1/24"));

        assertThat(routes).containsExactly(new Route.Direct(Cidr.parse("10.244.2.0/24"), "192.0.2.2"),
                new Route.Tunnelled(Cidr.parse("10.244.3.0/24"), "198.51.100.3", "0a:4c:c6:33:64:03"));
    }

    @Test
    void nodesWithoutNetworkOrAddressAreLeftOut() {
        assertThat(RoutePlan.of(List.of(node("a", "", "192.0.2.2"), node("b", "fd00::/64", "192.0.2.3"),
                node("c", "10.244.4.0/24", "fe80::1"), node("d", "10.244.5.0/99", "192.0.2.4")),
                "n1", Cidr.parse("192.0.2.1/24"))).isEmpty();
    }

    @Test
    void forwardRulesAreMissingOnlyWhereTheChainStopsPackets() {
        assertThat(ForwardAccept.missing("-P FORWARD ACCEPT\n", "br0")).isEmpty();
        assertThat(ForwardAccept.missing("-P FORWARD DROP\n-A FORWARD -i br0 -j ACCEPT\n", "br0"))
                .containsExactly(List.of("-o", "br0", "-j", "ACCEPT"));
        assertThat(ForwardAccept.missing("-P FORWARD ACCEPT\n-A FORWARD -j REJECT --reject-with icmp-host-prohibited\n",
                "br0")).hasSize(2);
    }
}
