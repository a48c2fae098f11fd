package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.HostAlias;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodDNSConfigOption;
import dev.longshore.cri.v1.DNSConfig;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodIdentityTest {
    private static final PodIdentity.Dns NODE = PodIdentity.parse(
            List.of("# comment", "", "nameserver 192.0.2.53", "search example.test .", "options timeout:2 rotate"),
            "cluster.local", List.of("10.96.0.10"));
    private static final List<String> CLUSTER_SEARCHES = List.of("ns.svc.cluster.local", "svc.cluster.local",
            "cluster.local", "example.test");

    /** One row: the pod, and its resolv.conf. */
    record Row(String name, Pod pod, List<String> servers, List<String> searches, List<String> options) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("ClusterFirst", pod("ClusterFirst", _ -> {
            }), List.of("10.96.0.10"), CLUSTER_SEARCHES, List.of("ndots:5")),
            new Row("ClusterFirst on the node's network is Default", pod("ClusterFirst",
                    pod -> pod.getSpecBuilder().setHostNetwork(true)), List.of("192.0.2.53"), List.of("example.test"),
                    List.of("timeout:2", "rotate")),
            new Row("ClusterFirstWithHostNet", pod("ClusterFirstWithHostNet",
                    pod -> pod.getSpecBuilder().setHostNetwork(true)), List.of("10.96.0.10"), CLUSTER_SEARCHES,
                    List.of("ndots:5")),
            new Row("Default", pod("Default", _ -> {
            }), List.of("192.0.2.53"), List.of("example.test"), List.of("timeout:2", "rotate")),
            new Row("None with nothing", pod("None", _ -> {
            }), List.of(), List.of(), List.of()),
            new Row("the pod adds its own", pod("ClusterFirst", pod -> pod.getSpecBuilder().getDnsConfigBuilder()
                    .addNameservers("1.1.1.1").addSearches("more.test").addSearches("cluster.local")
                    .addOptions(PodDNSConfigOption.newBuilder().setName("ndots").setValue("2"))
                    .addOptions(PodDNSConfigOption.newBuilder().setName("edns0"))), List.of("10.96.0.10", "1.1.1.1"),
                    List.of("ns.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.test", "more.test"),
                    List.of("ndots:2", "edns0")),
            new Row("three servers at most", pod("None", pod -> pod.getSpecBuilder().getDnsConfigBuilder()
                    .addAllNameservers(List.of("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"))),
                    List.of("1.1.1.1", "1.1.1.2", "1.1.1.3"), List.of(), List.of()));

    @ParameterizedTest
    @FieldSource("ROWS")
    void dns(Row row) {
        assertThat(PodIdentity.dns(row.pod, NODE)).isEqualTo(DNSConfig.newBuilder().addAllServers(row.servers)
                .addAllSearches(row.searches).addAllOptions(row.options).build());
    }

    @Test
    void hostnamesAreCutToWhatLinuxTakes() {
        assertThat(PodIdentity.hostname(pod("", _ -> {
        }))).isEqualTo("p");
        assertThat(PodIdentity.hostname(pod("", pod -> pod.getSpecBuilder().setHostname("h")))).isEqualTo("h");
        assertThat(PodIdentity.hostname(pod("", pod -> pod.getMetadataBuilder().setName("a".repeat(62) + "-b-c"))))
                .isEqualTo("a".repeat(62));
    }

    @Test
    void theHostsFileNamesThePodAndItsAliases() {
        Pod pod = pod("", builder -> builder.getSpecBuilder().setHostname("h").setSubdomain("s").addHostAliases(
                HostAlias.newBuilder().setIp("192.0.2.9").addHostnames("one").addHostnames("two")));
        assertThat(PodIdentity.hosts(pod, List.of("10.1.0.2"), "cluster.local"))
                .startsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                .contains("\n10.1.0.2\th.s.ns.svc.cluster.local\th\n")
                .endsWith("\n# Entries added by HostAliases.\n192.0.2.9\tone\ttwo\n");
        assertThat(PodIdentity.hosts(pod("", _ -> {
        }), List.of("10.1.0.2"), "cluster.local")).endsWith("\n10.1.0.2\tp\n");
    }

    private static Pod pod(String policy, Consumer<Pod.Builder> change) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setNamespace("ns").setName("p");
        pod.getSpecBuilder().setDnsPolicy(policy);
        change.accept(pod);
        return pod.build();
    }
}
