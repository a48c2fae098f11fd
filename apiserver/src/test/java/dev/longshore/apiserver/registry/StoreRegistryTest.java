package dev.longshore.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.Patch;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreRegistryTest {
    private static final ObjectKey KEY = new ObjectKey("default", "a");

    private final RegistryFixture cluster = new RegistryFixture();

    private static ConfigMap configMap(String name) {
        return ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .putData("k", "v").build();
    }

    private static Pod pod(String name) {
        return Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c").setImage("img:1")))
                .build();
    }

    private static ApiException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }

    @Test
    void createFillsMetadata() {
        ConfigMap created = cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        assertThat(created.getMetadata().getUid()).isNotEmpty();
        assertThat(created.getMetadata().getResourceVersion()).isNotEmpty();
        assertThat(created.getMetadata().hasCreationTimestamp()).isTrue();
        assertThat(cluster.client.get(ResourceTypes.CONFIG_MAPS, KEY)).isEqualTo(created);
        assertThat(refusal(() -> cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("a"))).reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
    }

    @Test
    void createNeedsItsNamespace() {
        ConfigMap lost = ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("x").setName("a"))
                .build();
        ApiException refused = refusal(() -> cluster.client.create(ResourceTypes.CONFIG_MAPS, lost));
        assertThat(refused.getMessage()).isEqualTo("namespaces \"x\" not found");
    }

    @Test
    void updateChecksTheVersionAndKeepsItWhenNothingChanges() {
        ConfigMap first = cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        ConfigMap second = cluster.client.update(ResourceTypes.CONFIG_MAPS,
                first.toBuilder().putData("k", "w").build());
        assertThat(second.getMetadata().getResourceVersion()).isNotEqualTo(first.getMetadata().getResourceVersion());
        assertThat(cluster.client.update(ResourceTypes.CONFIG_MAPS, second)).isEqualTo(second);
        assertThat(refusal(() -> cluster.client.update(ResourceTypes.CONFIG_MAPS, first)).reason())
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void patchMerges() {
        cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        ConfigMap patched = cluster.client.patch(ResourceTypes.CONFIG_MAPS, KEY,
                Patch.merge("{\"data\":{\"k\":null,\"n\":\"1\"}}"));
        assertThat(patched.getDataMap()).containsOnlyKeys("n");
    }

    @Test
    void listIsSortedSelectedAndPaged() {
        for (String name : List.of("c", "a", "b")) {
            cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap(name));
        }
        ListRequest first = new ListRequest("default", "", "", "", "", 2, "");
        Page<ConfigMap> page = cluster.registry.list(ResourceTypes.CONFIG_MAPS, first, cluster.reading());
        assertThat(page.items()).extracting(map -> map.getMetadata().getName()).containsExactly("a", "b");
        assertThat(page.remaining()).hasValue(1);
        cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("d"));
        Page<ConfigMap> rest = cluster.registry.list(ResourceTypes.CONFIG_MAPS,
                new ListRequest("default", "", "", "", "", 2, page.continueToken()), cluster.reading());
        assertThat(rest.items()).extracting(map -> map.getMetadata().getName()).containsExactly("c");
        assertThat(rest.resourceVersion()).isEqualTo(page.resourceVersion());
        assertThat(cluster.client.list(ResourceTypes.CONFIG_MAPS, Query.fields("metadata.name!=a")).items()).hasSize(3);
    }

    private BindOutcome bind(String uid, String node) {
        return cluster.client.bind(List.of(new PodPlacement(KEY, uid, node)), LeaderTerm.ALWAYS).getFirst();
    }

    @Test
    void podsAreBoundOnceAndDeletedGracefully() {
        Pod pod = cluster.client.create(ResourceTypes.PODS, pod("a"));
        String uid = pod.getMetadata().getUid();
        assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
        bind(uid, "n1").requireBound();
        assertThat(refusal(() -> bind(uid, "n2").requireBound()).reason()).isEqualTo(Reason.CONFLICT);
        Pod bound = cluster.client.get(ResourceTypes.PODS, KEY);
        assertThat(bound.getSpec().getNodeName()).isEqualTo("n1");
        assertThat(bound.getStatus().getConditions(0).getType()).isEqualTo("PodScheduled");
        Deletion<Pod> marked = cluster.client.delete(ResourceTypes.PODS, KEY, DeleteQuery.background());
        assertThat(marked.gone()).isFalse();
        assertThat(marked.object().getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(cluster.client.delete(ResourceTypes.PODS, KEY, DeleteQuery.now(uid)).gone()).isTrue();
        assertThat(refusal(() -> cluster.client.get(ResourceTypes.PODS, KEY)).getMessage())
                .isEqualTo("pods \"a\" not found");
    }

    @Test
    void finalizersHoldAnObject() {
        ConfigMap held = configMap("a").toBuilder()
                .setMetadata(configMap("a").getMetadata().toBuilder().addFinalizers("example.com/hold")).build();
        cluster.client.create(ResourceTypes.CONFIG_MAPS, held);
        Deletion<ConfigMap> marked = cluster.client.delete(ResourceTypes.CONFIG_MAPS, KEY, DeleteQuery.background());
        assertThat(marked.gone()).isFalse();
        cluster.client.patch(ResourceTypes.CONFIG_MAPS, KEY, Patch.merge("{\"metadata\":{\"finalizers\":null}}"));
        assertThat(refusal(() -> cluster.client.get(ResourceTypes.CONFIG_MAPS, KEY)).reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void watchTellsOfEveryChange() {
        List<String> seen = new ArrayList<>();
        cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        cluster.client.watch(ResourceTypes.CONFIG_MAPS, Query.namespace("default"), "", new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<ConfigMap> event) {
                seen.add(switch (event) {
                    case WatchEvent.Added<ConfigMap>(ConfigMap map) -> "+" + map.getMetadata().getName();
                    case WatchEvent.Modified<ConfigMap>(ConfigMap map) -> "~" + map.getMetadata().getName();
                    case WatchEvent.Deleted<ConfigMap>(ConfigMap map) -> "-" + map.getMetadata().getName();
                    case WatchEvent.Bookmark<ConfigMap> _ -> "bookmark";
                });
            }

            @Override
            public void onEnd(ApiException cause) {
                seen.add("end");
            }
        });
        cluster.client.patch(ResourceTypes.CONFIG_MAPS, KEY, Patch.merge("{\"data\":{\"k\":\"x\"}}"));
        cluster.client.create(ResourceTypes.CONFIG_MAPS, configMap("b"));
        cluster.client.delete(ResourceTypes.CONFIG_MAPS, KEY, DeleteQuery.background());
        assertThat(seen).containsExactly("+a", "~a", "+b", "-a");
    }

    @Test
    void namespacesEndWhenTheyAreFinalized() {
        ObjectKey name = ObjectKey.cluster("x");
        cluster.client.create(ResourceTypes.NAMESPACES, dev.longshore.api.core.v1.Namespace.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("x")).build());
        var marked = cluster.client.delete(ResourceTypes.NAMESPACES, name, DeleteQuery.background()).object();
        assertThat(marked.getStatus().getPhase()).isEqualTo("Terminating");
        ConfigMap late = ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("x").setName("a"))
                .build();
        assertThat(refusal(() -> cluster.client.create(ResourceTypes.CONFIG_MAPS, late)).status().getDetails()
                .getCauses(0).getReason()).isEqualTo("NamespaceTerminating");
        cluster.registry.writeSubresource(ResourceTypes.NAMESPACES, name, "finalize",
                marked.toBuilder().clearSpec().build(), cluster.writing(false, false));
        assertThat(refusal(() -> cluster.client.get(ResourceTypes.NAMESPACES, name)).reason())
                .isEqualTo(Reason.NOT_FOUND);
    }
}
