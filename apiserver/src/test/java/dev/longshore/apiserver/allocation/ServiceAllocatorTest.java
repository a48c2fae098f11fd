package dev.longshore.apiserver.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.registry.Bootstrap;
import dev.longshore.apiserver.registry.RegistryFixture;
import dev.longshore.apiserver.registry.StoreRegistry;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Patch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceAllocatorTest {
    private final RegistryFixture cluster = new RegistryFixture();

    private static Service service(String name, ServiceSpec.Builder spec) {
        return Service.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(spec.addPorts(ServicePort.newBuilder().setPort(80))).build();
    }

    private static ServiceSpec.Builder clusterIp(String address) {
        return ServiceSpec.newBuilder().setClusterIP(address);
    }

    private Service create(String name, ServiceSpec.Builder spec) {
        return cluster.client.create(ResourceTypes.SERVICES, service(name, spec));
    }

    private ApiException refusal(String name, ServiceSpec.Builder spec) {
        return catchThrowableOfType(ApiException.class, () -> create(name, spec));
    }

    @Test
    void everyServiceGetsAnAddressOfItsOwn() {
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            addresses.add(create("s" + i, ServiceSpec.newBuilder()).getSpec().getClusterIP());
        }
        assertThat(addresses).hasSize(50).allMatch(address -> address.startsWith("10.96."));
    }

    @Test
    void twoServersNeverGiveTheSameAddress() {
        ClusterConfig small = new ClusterConfig("10.0.0.0/28", 30000, 30003);
        LocalApiClient first = new LocalApiClient(new StoreRegistry(cluster.store, small, cluster.environment),
                cluster.user);
        LocalApiClient second = new LocalApiClient(new StoreRegistry(cluster.store, small, cluster.environment),
                cluster.user);
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            Service created = (i % 2 == 0 ? first : second).create(ResourceTypes.SERVICES,
                    service("s" + i, ServiceSpec.newBuilder()));
            addresses.add(created.getSpec().getClusterIP());
        }
        assertThat(addresses).hasSize(12);
    }

    @Test
    void whatIsTakenOrOutOfRangeIsRefused() {
        create("a", clusterIp("10.96.0.7"));
        ApiException taken = refusal("b", clusterIp("10.96.0.7"));
        assertThat(taken.is(Reason.INVALID)).isTrue();
        assertThat(taken.getMessage()).contains("provided IP is already allocated");
        assertThat(refusal("b", clusterIp("10.97.0.7")).getMessage()).contains("10.96.0.0/16");
        Service open = Service.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setGenerateName("s-"))
                .setSpec(ServiceSpec.newBuilder().setType("NodePort")
                        .addPorts(ServicePort.newBuilder().setPort(81).setNodePort(30100)))
                .build();
        cluster.client.create(ResourceTypes.SERVICES, open);
        assertThat(catchThrowableOfType(ApiException.class,
                () -> cluster.client.create(ResourceTypes.SERVICES, open)).getMessage())
                .contains("spec.ports[0].nodePort: Invalid value: 30100: provided port is already allocated");
    }

    @Test
    void deletionGivesTheAddressBack() {
        create("a", clusterIp("10.96.0.7"));
        cluster.client.delete(ResourceTypes.SERVICES, new ObjectKey("default", "a"), DeleteQuery.background());
        assertThat(create("b", clusterIp("10.96.0.7")).getSpec().getClusterIP()).isEqualTo("10.96.0.7");
    }

    @Test
    void updatesKeepTheAddressAndFreeThePorts() {
        ObjectKey key = new ObjectKey("default", "a");
        Service open = create("a", ServiceSpec.newBuilder().setType("NodePort"));
        int port = open.getSpec().getPorts(0).getNodePort();
        assertThat(port).isBetween(30000, 32767);
        Service closed = cluster.client.patch(ResourceTypes.SERVICES, key,
                Patch.merge("{\"spec\":{\"type\":\"ClusterIP\"}}"));
        assertThat(closed.getSpec().getClusterIP()).isEqualTo(open.getSpec().getClusterIP());
        assertThat(closed.getSpec().getPorts(0).getNodePort()).isZero();
        assertThat(cluster.store.get("/registry/longshore.dev/servicenodeports/" + port).join().value()).isEmpty();
    }

    @Test
    void aClaimWhoseServerDiedIsTakenOver() {
        cluster.store.put("/registry/longshore.dev/serviceips/10.96.0.7",
                ("default gone u1 " + cluster.environment.clock().now().getEpochSecond())
                        .getBytes(StandardCharsets.UTF_8),
                OptionalLong.of(0), Optional.empty()).join();
        assertThat(refusal("a", clusterIp("10.96.0.7"))).isNotNull();
        cluster.advance(Duration.ofMinutes(2));
        assertThat(create("a", clusterIp("10.96.0.7")).getSpec().getClusterIP()).isEqualTo("10.96.0.7");
    }

    @Test
    void bootstrapMayRunTwice() {
        Bootstrap bootstrap = new Bootstrap(cluster.client);
        bootstrap.run(ClusterConfig.standard().apiServiceAddress(), "192.0.2.1", 6443);
        long revision = cluster.store.revision().join();
        bootstrap.run(ClusterConfig.standard().apiServiceAddress(), "192.0.2.1", 6443);
        ObjectKey kubernetes = new ObjectKey("default", "kubernetes");
        assertThat(cluster.client.get(ResourceTypes.SERVICES, kubernetes).getSpec().getClusterIP())
                .isEqualTo("10.96.0.1");
        assertThat(cluster.store.revision().join()).isEqualTo(revision);
        bootstrap.run(ClusterConfig.standard().apiServiceAddress(), "192.0.2.2", 6443);
        assertThat(cluster.client.get(ResourceTypes.ENDPOINT_SLICES, kubernetes).getEndpoints(0).getAddresses(0))
                .isEqualTo("192.0.2.2");
    }
}
