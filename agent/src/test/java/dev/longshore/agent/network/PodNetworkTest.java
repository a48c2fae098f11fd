package dev.longshore.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Node;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in network namespaces, on one network or with a router between them. */
@Tag("root")
class PodNetworkTest {
    private final TestNamespaces net = new TestNamespaces("lsn");
    private final SystemEnvironment environment = new SystemEnvironment();
    @TempDir
    private Path directory;

    @AfterEach
    void removeNetwork() throws Exception {
        net.close();
        environment.close();
    }

    private NetworkSetup setup(String node, String address) {
        return new NetworkSetup(new NetworkConfig(node, address, "longshore0", "10.96.0.10",
                directory.resolve(node + "/cni"), directory.resolve(node + "/ipam"), List.of("portmap")),
                new Commands(net.enter(node), environment.environment().tasks()));
    }

    private void pods() throws Exception {
        net.pod("n1", "longshore0", "p1", "10.244.1.5", "10.244.1.1");
        net.pod("n2", "longshore0", "p2", "10.244.2.5", "10.244.2.1");
    }

    @Test
    void podsOfNeighboursReachEachOtherThroughAClosedFirewall() throws Exception {
        net.add("n1");
        net.add("n2");
        net.link("n1", "eth0", "n2", "eth0");
        net.in("n1", "ip addr add 192.0.2.1/24 dev eth0; iptables -P FORWARD DROP");
        net.in("n2", "ip addr add 192.0.2.2/24 dev eth0");
        List<Node> nodes = List.of(RoutePlanTest.node("n1", "10.244.1.0/24", "192.0.2.1"),
                RoutePlanTest.node("n2", "10.244.2.0/24", "192.0.2.2"));
        NetworkSetup first = setup("n1", "192.0.2.1");
        for (int round = 0; round < 2; round++) {
            first.ensure(Cidr.parse("10.244.1.0/24"), nodes);
            setup("n2", "192.0.2.2").ensure(Cidr.parse("10.244.2.0/24"), nodes);
        }
        pods();

        assertThat(net.in("p1", "busybox ping -c 1 -W 5 10.244.2.5")).contains(" 0% packet loss");
        assertThat(net.in("p1", "busybox ping -c 1 -W 5 10.96.0.10")).as("own node's DNS").contains(" 0% packet loss");
        assertThat(Files.readString(directory.resolve("n1/cni/10-longshore.conflist"))).contains("10.244.1.0/24");
        assertThat(net.in("n1", "iptables -S FORWARD")).containsOnlyOnce("-i longshore0");

        first.ensure(Cidr.parse("10.244.1.0/24"), nodes.subList(0, 1));
        assertThat(net.in("n1", "ip route")).doesNotContain("10.244.2.0/24");
        first.remove();
        assertThat(net.in("n1", "ip addr; ip route; iptables -S"))
                .doesNotContain("longshore0").doesNotContain("10.96.0.10").doesNotContain("10.244");
        assertThat(directory.resolve("n1/cni/10-longshore.conflist")).doesNotExist();
    }

    @Test
    void podsReachEachOtherAcrossARouter() throws Exception {
        for (String name : List.of("n1", "n2", "rt")) {
            net.add(name);
        }
        net.link("n1", "eth0", "rt", "a0");
        net.link("n2", "eth0", "rt", "b0");
        net.in("rt", "ip addr add 192.0.2.254/24 dev a0; ip addr add 198.51.100.254/24 dev b0; "
                + "sysctl -qw net.ipv4.ip_forward=1");
        net.in("n1", "ip addr add 192.0.2.1/24 dev eth0; ip route add default via 192.0.2.254");
        net.in("n2", "ip addr add 198.51.100.2/24 dev eth0; ip route add default via 198.51.100.254");
        List<Node> nodes = List.of(RoutePlanTest.node("n1", "10.244.1.0/24", "192.0.2.1"),
                RoutePlanTest.node("n2", "10.244.2.0/24", "198.51.100.2"));
        for (int round = 0; round < 2; round++) {
            setup("n1", "192.0.2.1").ensure(Cidr.parse("10.244.1.0/24"), nodes);
            setup("n2", "198.51.100.2").ensure(Cidr.parse("10.244.2.0/24"), nodes);
        }
        pods();
        assertThat(net.in("p1", "busybox ping -c 1 -W 5 10.244.2.5")).contains(" 0% packet loss");
    }
}
