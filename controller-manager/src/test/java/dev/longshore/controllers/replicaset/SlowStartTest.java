package dev.longshore.controllers.replicaset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Informers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creates come in batches of 1, 2, 4, ...; a batch with a refusal is the last. */
class SlowStartTest {
    private static final ObjectKey KEY = new ObjectKey("d", "s");

    private final SimulatedTime time = new SimulatedTime(1);
    private final FakeApiClient api = new FakeApiClient(time.environment().clock(), time.environment().randomness());
    private final List<String> events = new ArrayList<>();
    private int refuseAfter = Integer.MAX_VALUE;

    private void reconcile(int replicas) {
        Namespace.Builder namespace = Namespace.newBuilder();
        namespace.getMetadataBuilder().setName("d");
        api.create(ResourceTypes.NAMESPACES, namespace.build());
        ReplicaSet.Builder set = ReplicaSet.newBuilder();
        set.getMetadataBuilder().setNamespace("d").setName("s");
        set.getSpecBuilder().setReplicas(replicas).getSelectorBuilder().putMatchLabels("app", "web");
        set.getSpecBuilder().getTemplateBuilder().getMetadataBuilder().putLabels("app", "web");
        api.create(ResourceTypes.REPLICA_SETS, set.build());
        Informers informers = new Informers(api, time.environment());
        Events recorded = (_, _, reason, _) -> {
            events.add(reason);
            if (events.size() == refuseAfter) {
                refuse();
            }
        };
        ReplicaSetReconciler reconciler = new ReplicaSetReconciler(informers, time.environment().clock(), recorded);
        informers.start();
        time.advance(Duration.ofMillis(10));
        if (refuseAfter == 0) {
            refuse();
        }
        reconciler.reconcile(KEY, api);
    }

    /** A namespace that is being deleted takes no more pods. */
    private void refuse() {
        api.delete(ResourceTypes.NAMESPACES, ObjectKey.cluster("d"), DeleteQuery.background());
    }

    private int pods() {
        return api.list(ResourceTypes.PODS, Query.namespace("d")).items().size();
    }

    @Test
    void allAreMadeWhenNoneIsRefused() {
        reconcile(11);
        assertThat(pods()).isEqualTo(11);
        assertThat(events).containsOnly("SuccessfulCreate");
    }

    @Test
    void aSetThatMayMakeNoneTriesOne() {
        refuseAfter = 0;
        assertThatThrownBy(() -> reconcile(100)).isInstanceOf(ApiException.class);
        assertThat(events).containsExactly("FailedCreate");
        assertThat(api.get(ResourceTypes.REPLICA_SETS, KEY).getStatus().getConditions(0).getReason())
                .isEqualTo("FailedCreate");
    }

    @Test
    void aRefusalEndsWithItsBatch() {
        refuseAfter = 3;
        assertThatThrownBy(() -> reconcile(100)).isInstanceOf(ApiException.class);
        assertThat(pods()).isEqualTo(3);
        assertThat(events).hasSize(7).endsWith("FailedCreate", "FailedCreate", "FailedCreate", "FailedCreate");
    }
}
