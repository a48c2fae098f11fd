package dev.longshore.agent.proxy;

import static dev.longshore.agent.proxy.Given.ready;
import static dev.longshore.agent.proxy.Given.service;
import static dev.longshore.agent.proxy.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.longshore.agent.network.Commands;
import dev.longshore.agent.network.TestNamespaces;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.Endpoint;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.common.time.SystemEnvironment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules in a real kernel: a node with three pods, and a caller outside. */
@Tag("root")
class NftApplierTest {
    private static final String ASK = "busybox nc -w 2 ";
    private final TestNamespaces net = new TestNamespaces("lsx");
    private final SystemEnvironment environment = new SystemEnvironment();
    private final RuleCompiler compiler = new RuleCompiler(
            new ProxyConfig("longshore", "n1", "10.244.1.0/24", "10.244.0.0/16", Set.of(), true));
    private NftApplier applier;
    private NftCommand nft;

    @BeforeEach
    void buildNetwork() throws Exception {
        net.add("node");
        net.add("out");
        net.link("node", "eth0", "out", "eth0");
        net.in("node", "ip addr add 192.0.2.1/24 dev eth0; ip route add default via 192.0.2.2; "
                + "ip link add br0 type bridge; ip link set br0 up; ip addr add 10.244.1.1/24 dev br0; "
                + "sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1");
        net.in("out", "ip addr add 192.0.2.2/24 dev eth0");
        for (int i = 1; i <= 3; i++) {
            String pod = "p" + i;
            net.pod("node", "br0", pod, "10.244.1.1" + i, "10.244.1.1");
            net.serve(pod, 8080, pod);
            String address = "10.244.1.1" + i;
            Awaitility.await().until(() -> net.in("node", ASK + address + " 8080 </dev/null").contains(pod));
        }
        nft = new NftCommand(new Commands(net.enter("node"), environment.environment().tasks()));
        applier = new NftApplier(nft, "longshore");
    }

    @AfterEach
    void removeNetwork() throws Exception {
        net.close();
        environment.close();
    }

    private static Service nodePortService() {
        return service("web", "10.96.0.7", spec -> spec.setType("NodePort").setPorts(0,
                spec.getPortsBuilder(0).setNodePort(30080)));
    }

    private static EndpointSlice slices(int... pods) {
        return slice("web", Arrays.stream(pods).mapToObj(i -> ready("10.244.1.1" + i, "n1"))
                .toArray(Endpoint[]::new));
    }

    private void apply(EndpointSlice slice) throws Exception {
        applier.apply(compiler.compile(List.of(nodePortService()), List.of(slice)));
    }

    private Map<String, Long> ask(String from, String target, int times) throws Exception {
        return net.in(from, "for i in $(seq " + times + "); do " + ASK + target + " </dev/null 2>&1; done").lines()
                .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    }

    @Test
    void spreadsFromNodePodsAndOutside() throws Exception {
        apply(slices(1, 2, 3));
        for (String[] way : new String[][]{{"node", "10.96.0.7 80"}, {"p1", "10.96.0.7 80"},
                {"out", "192.0.2.1 30080"}, {"p2", "192.0.2.1 30080"}, {"node", "192.0.2.1 30080"}}) {
            Map<String, Long> answers = ask(way[0], way[1], 60);
            assertThat(answers).as(way[0] + " to " + way[1]).containsOnlyKeys("p1", "p2", "p3");
            assertThat(answers.values()).allMatch(count -> count >= 5);
            assertThat(answers.values().stream().mapToLong(n -> n).sum()).isEqualTo(60);
        }
    }

    @Test
    void aPodReachesItselfThroughItsService() throws Exception {
        apply(slices(1));
        assertThat(ask("p1", "10.96.0.7 80", 5)).isEqualTo(Map.of("p1", 5L));
    }

    @Test
    void withoutTrackedBridgePodsOfOneNodeStillReachEachOther() throws Exception {
        net.in("node", "sysctl -qw net.bridge.bridge-nf-call-iptables=0");
        RuleCompiler untracked = new RuleCompiler(
                new ProxyConfig("longshore", "n1", "10.244.1.0/24", "10.244.0.0/16", Set.of(), false));
        applier.apply(untracked.compile(List.of(nodePortService()), List.of(slices(1, 2))));
        assertThat(ask("p1", "10.96.0.7 80", 20)).containsOnlyKeys("p1", "p2");
    }

    @Test
    void refusesAtOnceWithoutEndpoints() throws Exception {
        apply(slices());
        for (String[] way : new String[][]{{"node", "10.96.0.7 80"}, {"p1", "10.96.0.7 80"}, {"p1", "10.96.0.7 81"},
                {"out", "192.0.2.1 30080"}}) {
            assertThat(net.in(way[0], ASK + way[1] + " </dev/null 2>&1")).as(way[0] + " to " + way[1])
                    .contains("refused");
        }
    }

    @Test
    void clientsStickWithAffinity() throws Exception {
        Service sticky = nodePortService().toBuilder()
                .setSpec(nodePortService().getSpec().toBuilder().setSessionAffinity("ClientIP")).build();
        applier.apply(compiler.compile(List.of(sticky), List.of(slices(1, 2, 3))));
        assertThat(ask("node", "10.96.0.7 80", 20)).hasSize(1);
        assertThat(applier.repair()).isFalse();
    }

    @Test
    void podsReachTheOutsideByTheNodesAddress() throws Exception {
        apply(slices(1));
        net.serve("out", 9000, "outside");
        Awaitility.await().until(() -> ask("p1", "192.0.2.2 9000", 1).containsKey("outside"));
    }

    @Test
    void anUpdateBreaksNoConnectionAndMovesNewOnes() throws Exception {
        net.start("p1", "busybox nc -ll -p 8081 -e cat");
        EndpointSlice cat = slices(1).toBuilder().setPorts(0, slices(1).getPorts(0).toBuilder().setPort(8081)).build();
        Awaitility.await().until(() -> net.in("node", "echo x | " + ASK + "10.244.1.11 8081").contains("x"));
        apply(cat);
        Process open = net.start("p2", "busybox nc 10.96.0.7 80");
        assertThat(echo(open, "before")).isEqualTo("before");

        apply(slices(3));

        assertThat(ask("p2", "10.96.0.7 80", 5)).isEqualTo(Map.of("p3", 5L));
        assertThat(echo(open, "after")).isEqualTo("after");
    }

    private static String echo(Process process, String line) throws Exception {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @Test
    void repairsWhatSomebodyElseChanged() throws Exception {
        apply(slices(1, 2, 3));
        assertThat(applier.repair()).as("first look").isFalse();
        assertThat(applier.repair()).as("second look").isFalse();
        for (String damage : List.of("delete element ip longshore service-ips { 10.96.0.7 . tcp . 80 }",
                "flush chain ip longshore services", "delete table ip longshore",
                "add element ip longshore cluster-ips { 192.0.2.2 }")) {
            nft.run(damage + "\n");
            assertThat(applier.repair()).as(damage).isTrue();
            assertThat(applier.repair()).as("after the repair of: " + damage).isFalse();
            assertThat(ask("p1", "10.96.0.7 80", 3).values().stream().mapToLong(n -> n).sum()).isEqualTo(3);
        }
    }

    @Test
    void goesBackAndForthWithoutReplacingAndLeavesNothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            apply(slices(1));
            apply(slices());
            apply(slices(1, 2, 3));
            applier.apply(compiler.compile(List.of(), List.of()));
            assertThat(nft.list("longshore")).doesNotContain("svc-");
            assertThat(applier.repair()).isFalse();
        }
        applier.remove();
        assertThat(nft.list("longshore")).isEmpty();
        applier.remove();
    }

    @Test
    void aTableOfFiveThousandServicesIsChangedByItsDifference() throws Exception {
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            services.add(service("s" + i, "10.97." + i / 250 + "." + (i % 250 + 1)));
            slices.add(slice("s" + i, ready("10.244.1.11", "n1"), ready("10.244.2.5", "n2")));
        }
        applier.apply(compiler.compile(services, slices));
        slices.set(4_321, slice("s4321", ready("10.244.1.12", "n1")));
        RuleSet next = compiler.compile(services, slices);
        assertTimeout(Duration.ofSeconds(20), () -> applier.apply(next));
        assertThat(ask("p1", "10.97.17.72 80", 2)).isEqualTo(Map.of("p2", 2L));
        assertThat(applier.repair()).isFalse();
    }
}
