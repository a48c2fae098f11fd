package dev.longshore.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.controllers.simulated.SimulatedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NamespaceLifecycleTest {
    private static final Query TEAM = Query.namespace("team");

    private static SimulatedCluster cluster() {
        SimulatedCluster cluster = new SimulatedCluster(1);
        cluster.api.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("team")).build());
        cluster.time.advance(Duration.ofSeconds(5));
        return cluster;
    }

    private static ConfigMap held() {
        return ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("held").setNamespace("team")
                .addFinalizers("example.com/hold")).build();
    }

    @Test
    void aNamespaceHasItsAccountAndItsCa() {
        SimulatedCluster cluster = cluster();
        assertThat(cluster.api.list(ResourceTypes.SERVICE_ACCOUNTS, TEAM).items()).singleElement()
                .extracting(account -> account.getMetadata().getName()).isEqualTo("default");
        ConfigMap ca = cluster.api.get(ResourceTypes.CONFIG_MAPS, new ObjectKey("team", "kube-root-ca.crt"));
        assertThat(ca.getDataMap()).containsEntry("ca.crt", "ca");
        cluster.api.delete(ResourceTypes.CONFIG_MAPS, new ObjectKey("team", "kube-root-ca.crt"),
                DeleteQuery.background());
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(cluster.api.list(ResourceTypes.CONFIG_MAPS, TEAM).items()).hasSize(1);
    }

    @Test
    void deletionWaitsForWhatIsHeld() {
        SimulatedCluster cluster = cluster();
        cluster.api.create(ResourceTypes.CONFIG_MAPS, held());
        cluster.api.delete(ResourceTypes.NAMESPACES, ObjectKey.cluster("team"), DeleteQuery.background());
        cluster.time.advance(Duration.ofSeconds(10));
        Namespace waiting = cluster.api.get(ResourceTypes.NAMESPACES, ObjectKey.cluster("team"));
        assertThat(waiting.getStatus().getConditionsList())
                .anyMatch(c -> c.getType().equals("NamespaceFinalizersRemaining") && c.getStatus().equals("True"));
        ConfigMap left = cluster.api.get(ResourceTypes.CONFIG_MAPS, new ObjectKey("team", "held"));
        cluster.api.update(ResourceTypes.CONFIG_MAPS,
                left.toBuilder().setMetadata(left.getMetadata().toBuilder().clearFinalizers()).build());
        cluster.time.advance(Duration.ofSeconds(10));
        assertThat(cluster.api.list(ResourceTypes.NAMESPACES, Query.all()).items()).isEmpty();
        assertThat(cluster.api.list(ResourceTypes.SERVICE_ACCOUNTS, TEAM).items()).isEmpty();
    }
}
