package dev.longshore.agent.proxy;

import static dev.longshore.agent.proxy.Given.CONFIG;
import static dev.longshore.agent.proxy.Given.endpoint;
import static dev.longshore.agent.proxy.Given.ready;
import static dev.longshore.agent.proxy.Given.service;
import static dev.longshore.agent.proxy.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.longshore.api.core.v1.ClientIPConfig;
import dev.longshore.api.core.v1.LoadBalancerIngress;
import dev.longshore.api.core.v1.LoadBalancerStatus;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceStatus;
import dev.longshore.api.core.v1.SessionAffinityConfig;
import dev.longshore.api.discovery.v1.EndpointPort;
import dev.longshore.api.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {
    private static final RuleSet NOTHING = new RuleCompiler(CONFIG).compile(List.of(), List.of());

    private static RuleSet compile(Service service, EndpointSlice... slices) {
        return new RuleCompiler(CONFIG).compile(List.of(service), List.of(slices));
    }

    /** The chains beyond those of every node, by name without the hash, one rule per line. */
    private static Map<String, String> chains(RuleSet rules) {
        Map<String, String> found = new TreeMap<>();
        rules.chains().forEach((name, chain) -> {
            if (!NOTHING.chains().containsKey(name)) {
                found.put(bare(name), bare(String.join("\n", chain.rules())));
            }
        });
        return found;
    }

    private static Map<String, String> elements(RuleSet rules, String lookup) {
        Map<String, String> found = new TreeMap<>();
        rules.lookups().get(lookup).elements().forEach((key, value) -> found.put(key, bare(value)));
        return found;
    }

    private static String bare(String text) {
        return text.replaceAll("-[0-9a-f]{8}-", "-");
    }

    @Test
    void spreadsNewConnectionsOverReadyEndpoints() {
        RuleSet rules = compile(service("web", "10.96.0.7"),
                slice("web", ready("10.244.2.5", "n2"), ready("10.244.1.5", "n1"),
                        endpoint("10.244.2.6", "n2", false, true, true)));

        assertThat(elements(rules, "service-ips"))
                .isEqualTo(Map.of("10.96.0.7 . tcp . 80", "goto svc-default/web/tcp/80"));
        assertThat(chains(rules)).isEqualTo(Map.of("svc-default/web/tcp/80", """
                ip saddr != 10.244.0.0/16 ip daddr 10.96.0.7 jump mark-for-masquerade
                meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.1.5 . 8080, \
                1 : 10.244.2.5 . 8080 }"""));
        assertThat(elements(rules, "hairpins")).containsOnlyKeys("10.244.1.5 . 10.244.1.5");
        assertThat(elements(rules, "cluster-ips")).containsOnlyKeys("10.96.0.7");
    }

    @Test
    void fallsBackToTerminatingEndpointsThatStillServe() {
        RuleSet rules = compile(service("web", "10.96.0.7"), slice("web",
                endpoint("10.244.1.5", "n1", false, true, true), endpoint("10.244.1.6", "n1", false, false, true),
                endpoint("10.244.1.7", "n1", false, false, false)));

        assertThat(chains(rules).get("svc-default/web/tcp/80")).endsWith("meta l4proto tcp dnat to 10.244.1.5:8080");
    }

    @Test
    void refusesAServiceWithoutEndpoints() {
        RuleSet rules = compile(service("web", "10.96.0.7", spec -> spec.setType("NodePort").setPorts(0,
                spec.getPortsBuilder(0).setNodePort(30080))));

        assertThat(elements(rules, "service-ips")).isEmpty();
        assertThat(elements(rules, "refused-ips")).isEqualTo(Map.of("10.96.0.7 . tcp . 80", "goto refuse"));
        assertThat(elements(rules, "refused-node-ports")).isEqualTo(Map.of("tcp . 30080", "goto refuse"));
        assertThat(chains(rules)).isEmpty();
    }

    @Test
    void nodePortHidesTheCallerSoThatAnswersComeBack() {
        RuleSet rules = compile(service("web", "10.96.0.7", spec -> spec.setType("NodePort").setPorts(0,
                spec.getPortsBuilder(0).setNodePort(30080))), slice("web", ready("10.244.2.5", "n2")));

        assertThat(elements(rules, "node-ports")).isEqualTo(Map.of("tcp . 30080", "goto ext-default/web/tcp/80"));
        assertThat(chains(rules).get("ext-default/web/tcp/80"))
                .isEqualTo("jump mark-for-masquerade\ngoto svc-default/web/tcp/80");
    }

    @Test
    void externalPolicyLocalKeepsTheCallerAndStaysOnTheNode() {
        Service service = service("web", "10.96.0.7", spec -> spec.setType("NodePort").setExternalTrafficPolicy("Local")
                .setPorts(0, spec.getPortsBuilder(0).setNodePort(30080)));

        assertThat(chains(compile(service, slice("web", ready("10.244.2.5", "n2"), ready("10.244.1.5", "n1"))))
                .entrySet()).extracting(Map.Entry::toString).contains("""
                        ext-default/web/tcp/80=ip saddr 10.244.0.0/16 goto svc-default/web/tcp/80
                        fib saddr type local jump mark-for-masquerade
                        fib saddr type local goto svc-default/web/tcp/80
                        goto local-default/web/tcp/80""",
                        "local-default/web/tcp/80=meta l4proto tcp dnat to 10.244.1.5:8080");
        assertThat(chains(compile(service, slice("web", ready("10.244.2.5", "n2")))).get("ext-default/web/tcp/80"))
                .endsWith("\ndrop");
    }

    @Test
    void internalPolicyLocalDropsWithoutLocalEndpoints() {
        Service service = service("web", "10.96.0.7", spec -> spec.setInternalTrafficPolicy("Local"));

        assertThat(elements(compile(service, slice("web", ready("10.244.1.5", "n1"))), "service-ips").values())
                .containsExactly("goto local-default/web/tcp/80");
        assertThat(elements(compile(service, slice("web", ready("10.244.2.5", "n2"))), "refused-ips").values())
                .containsExactly("drop");
    }

    @Test
    void clientIpAffinityRemembersTheEndpointOfAClient() {
        RuleSet rules = compile(service("web", "10.96.0.7", spec -> spec.setSessionAffinity("ClientIP")
                .setSessionAffinityConfig(SessionAffinityConfig.newBuilder()
                        .setClientIP(ClientIPConfig.newBuilder().setTimeoutSeconds(60)))),
                slice("web", ready("10.244.1.5", "n1"), ready("10.244.2.5", "n2")));

        assertThat(chains(rules)).isEqualTo(Map.of("svc-default/web/tcp/80", """
                ip saddr != 10.244.0.0/16 ip daddr 10.96.0.7 jump mark-for-masquerade
                ip saddr @seen-ep-default/web/tcp/80/10.244.1.5/8080 goto ep-default/web/tcp/80/10.244.1.5/8080
                ip saddr @seen-ep-default/web/tcp/80/10.244.2.5/8080 goto ep-default/web/tcp/80/10.244.2.5/8080
                numgen random mod 2 vmap { 0 : goto ep-default/web/tcp/80/10.244.1.5/8080, \
                1 : goto ep-default/web/tcp/80/10.244.2.5/8080 }""",
                "ep-default/web/tcp/80/10.244.1.5/8080", """
                        update @seen-ep-default/web/tcp/80/10.244.1.5/8080 { ip saddr }
                        meta l4proto tcp dnat to 10.244.1.5:8080""",
                "ep-default/web/tcp/80/10.244.2.5/8080", """
                        update @seen-ep-default/web/tcp/80/10.244.2.5/8080 { ip saddr }
                        meta l4proto tcp dnat to 10.244.2.5:8080"""));
        assertThat(rules.lookups().values()).extracting(Lookup::type)
                .contains("type ipv4_addr ; flags dynamic,timeout ; timeout 60s ;");
    }

    @Test
    void sourceRangesGuardALoadBalancerAddress() {
        Service service = service("web", "10.96.0.7", spec -> spec.setType("LoadBalancer")
                .addLoadBalancerSourceRanges("192.0.2.0/24")).toBuilder()
                .setStatus(ServiceStatus.newBuilder().setLoadBalancer(LoadBalancerStatus.newBuilder()
                        .addIngress(LoadBalancerIngress.newBuilder().setIp("203.0.113.9"))))
                .build();
        RuleSet rules = compile(service, slice("web", ready("10.244.1.5", "n1")));

        assertThat(elements(rules, "service-ips"))
                .containsEntry("203.0.113.9 . tcp . 80", "goto lb-default/web/tcp/80");
        assertThat(chains(rules).get("lb-default/web/tcp/80"))
                .isEqualTo("ip saddr { 192.0.2.0/24 } goto ext-default/web/tcp/80\ndrop");
    }

    @Test
    void portsOfOneNumberDifferByProtocolAndAreFoundByName() {
        Service service = service("dns", "10.96.0.7", spec -> spec.clearPorts()
                .addPorts(ServicePort.newBuilder().setName("udp").setProtocol("UDP").setPort(53))
                .addPorts(ServicePort.newBuilder().setName("tcp").setProtocol("TCP").setPort(53)));
        EndpointSlice slice = slice("dns", ready("10.244.1.5", "n1")).toBuilder().clearPorts()
                .addPorts(EndpointPort.newBuilder().setName("udp").setProtocol("UDP")
                        .setPort(1053))
                .build();
        RuleSet rules = compile(service, slice);

        assertThat(chains(rules).get("svc-default/dns/udp/53")).endsWith("meta l4proto udp dnat to 10.244.1.5:1053");
        assertThat(elements(rules, "refused-ips")).containsOnlyKeys("10.96.0.7 . tcp . 53");
    }

    @Test
    void leavesOutWhatHasNoRules() {
        EndpointSlice slice = slice("web", ready("10.244.1.5", "n1"));
        assertThat(compile(service("web", "None"), slice)).as("headless").isEqualTo(NOTHING);
        assertThat(compile(service("web", "10.96.0.10"), slice)).as("answered by the node").isEqualTo(NOTHING);
        assertThat(compile(service("web", "", spec -> spec.setType("ExternalName")), slice)).isEqualTo(NOTHING);
        assertThat(compile(service("web", "10.96.0.7; flush ruleset"), slice)).as("no address").isEqualTo(NOTHING);
    }

    @Test
    void neverSendsTrafficToLoopbackOrLinkLocalAddresses() {
        RuleSet rules = compile(service("web", "10.96.0.7"),
                slice("web", ready("127.0.0.1", "n1"), ready("169.254.169.254", "n1"), ready("224.0.0.1", "n1")));
        assertThat(elements(rules, "refused-ips")).hasSize(1);
    }

    @Test
    void compilesFiveThousandServicesQuicklyAndDiffsToOneOfThem() {
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            services.add(service("s" + i, "10.97." + i / 250 + "." + (i % 250 + 1)));
            slices.add(slice("s" + i, ready("10.244.1." + (i % 250 + 1), "n1"), ready("10.244.2.5", "n2")));
        }
        RuleCompiler compiler = new RuleCompiler(CONFIG);
        RuleSet before = compiler.compile(services, slices);
        slices.set(4_321, slice("s4321", ready("10.244.2.5", "n2")));
        RuleDiff diff = assertTimeout(Duration.ofSeconds(20),
                () -> RuleDiff.between(before, compiler.compile(services, slices)));
        assertThat(diff.transaction().lines()).hasSize(3);
        assertThat(diff.cleaning()).isEmpty();
    }
}
