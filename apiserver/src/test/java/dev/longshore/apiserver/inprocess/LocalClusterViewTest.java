package dev.longshore.apiserver.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.registry.RegistryFixture;
import dev.longshore.client.ClusterView;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import org.junit.jupiter.api.Test;

class LocalClusterViewTest {
    private final RegistryFixture fixture = new RegistryFixture();
    private final ClusterView view = new LocalClusterView(fixture.registry, fixture.user);

    private static ConfigMap configMap(String name) {
        return ConfigMap.newBuilder().setMetadata(meta(name)).build();
    }

    private static ObjectMeta meta(String name) {
        return ObjectMeta.newBuilder().setNamespace("default").setName(name).build();
    }

    @Test
    void allListsShowTheMomentOfTheFirst() {
        fixture.client.create(ResourceTypes.CONFIG_MAPS, configMap("stays"));
        fixture.client.create(ResourceTypes.CONFIG_MAPS, configMap("goes"));
        assertThat(view.list(ResourceTypes.SECRETS)).isEmpty();
        fixture.client.create(ResourceTypes.CONFIG_MAPS, configMap("comes"));
        fixture.client.create(ResourceTypes.SECRETS, Secret.newBuilder().setMetadata(meta("comes")).build());
        fixture.client.delete(ResourceTypes.CONFIG_MAPS, new ObjectKey("default", "goes"), DeleteQuery.background());
        assertThat(view.list(ResourceTypes.CONFIG_MAPS)).extracting(map -> map.getMetadata().getName())
                .containsExactly("goes", "stays");
        assertThat(view.list(ResourceTypes.SECRETS)).isEmpty();
        assertThat(new LocalClusterView(fixture.registry, fixture.user).list(ResourceTypes.SECRETS)).hasSize(1);
    }

    @Test
    void aPreviewIsFilledInAndNotStored() {
        assertThat(view.preview(ResourceTypes.CONFIG_MAPS, configMap("new")).getMetadata().getUid()).isNotEmpty();
        assertThat(fixture.client.list(ResourceTypes.CONFIG_MAPS, Query.all()).items()).isEmpty();
        assertThatThrownBy(() -> view.preview(ResourceTypes.CONFIG_MAPS, configMap("Not A Name")))
                .isInstanceOf(ApiException.class).hasMessageContaining("metadata.name");
    }
}
