package dev.longshore.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreException;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.Patch;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bindings while somebody else writes between the look at a pod and its write. */
class BindingsTest {
    private static final ObjectKey A = new ObjectKey("default", "a");

    private final RegistryFixture cluster = new RegistryFixture();
    private final List<String> storeCalls = new ArrayList<>();
    private Runnable beforeWrite = () -> {
    };
    private final StoreRegistry registry = new StoreRegistry(interfered(), ClusterConfig.standard(),
            cluster.environment);

    private Store interfered() {
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[]{Store.class},
                (_, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        storeCalls.add(method.getName());
        if (method.getName().equals("putEach")) {
            try {
                beforeWrite.run();
            } catch (StoreException e) {
                return ((List<?>) arguments[0]).stream().map(_ -> CompletableFuture.failedFuture(e)).toList();
            }
        }
        try {
            return method.invoke(cluster.store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void once(Runnable interference) {
        beforeWrite = () -> {
            beforeWrite = () -> {
            };
            interference.run();
        };
    }

    private PodPlacement created(String name) {
        Pod pod = cluster.client.create(ResourceTypes.PODS, Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c").setImage("i:1")))
                .build());
        return new PodPlacement(ResourceTypes.PODS.key(pod), pod.getMetadata().getUid(), "n1");
    }

    private List<String> bind(PodPlacement... placements) {
        return registry.bind(List.of(placements), LeaderTerm.ALWAYS, cluster.writing(false, false)).stream()
                .map(BindingsTest::text).toList();
    }

    private static String text(BindOutcome outcome) {
        return switch (outcome) {
            case BindOutcome.Bound _ -> "bound";
            case BindOutcome.Refused(ApiException cause) -> cause.reason().text();
        };
    }

    private Pod stored(String name) {
        return cluster.client.get(ResourceTypes.PODS, new ObjectKey("default", name));
    }

    private void fillCache() {
        registry.list(ResourceTypes.PODS, ListRequest.newest("", "", ""), cluster.reading());
        storeCalls.clear();
    }

    @Test
    void podsThatTheCacheHasAreWrittenWithoutBeingRead() {
        PodPlacement a = created("a");
        PodPlacement b = created("b");
        fillCache();

        assertThat(bind(a, b)).containsExactly("bound", "bound");
        assertThat(storeCalls).containsOnlyOnce("putEach").doesNotContain("get", "range", "put");
        assertThat(stored("a").getStatus().getConditions(0).getType()).isEqualTo("PodScheduled");
    }

    @Test
    void podsThatNoCacheHasAreRead() {
        assertThat(bind(created("a"), created("b"))).containsExactly("bound", "bound");
    }

    @Test
    void aPodThatHasChangedIsBoundAsItIsNow() {
        PodPlacement a = created("a");
        PodPlacement b = created("b");
        fillCache();
        once(() -> cluster.client.patch(ResourceTypes.PODS, A,
                Patch.merge("{\"metadata\":{\"labels\":{\"k\":\"v\"}}}")));

        assertThat(bind(a, b)).containsExactly("bound", "bound");
        assertThat(stored("a").getSpec().getNodeName()).isEqualTo("n1");
        assertThat(stored("a").getMetadata().getLabelsMap()).containsEntry("k", "v");
    }

    @Test
    void aPodThatAnotherHasBoundMeanwhileConflicts() {
        PodPlacement a = created("a");
        PodPlacement b = created("b");
        fillCache();
        once(() -> cluster.client.bind(List.of(new PodPlacement(a.pod(), a.uid(), "n2")), LeaderTerm.ALWAYS));

        assertThat(bind(a, b)).containsExactly("Conflict", "bound");
        assertThat(stored("a").getSpec().getNodeName()).isEqualTo("n2");
    }

    @Test
    void aPodThatIsGoneOrAnotherOneIsNotBound() {
        PodPlacement a = created("a");
        PodPlacement b = created("b");
        fillCache();
        once(() -> {
            cluster.client.delete(ResourceTypes.PODS, A, DeleteQuery.now(a.uid()));
            cluster.client.delete(ResourceTypes.PODS, b.pod(), DeleteQuery.now(b.uid()));
            created("b");
        });

        assertThat(bind(a, b)).containsExactly("NotFound", "Conflict");
        assertThat(stored("b").getSpec().getNodeName()).isEmpty();
    }

    @Test
    void aNameThatNoNodeHasIsRefused() {
        PodPlacement a = created("a");
        PodPlacement b = created("b");

        assertThat(bind(new PodPlacement(a.pod(), a.uid(), "No Node!"), new PodPlacement(b.pod(), b.uid(), "")))
                .containsExactly("BadRequest", "BadRequest");
        assertThat(stored("a").getSpec().getNodeName()).isEmpty();
    }

    @Test
    void aPodThatNeverHoldsStillConflictsInTheEnd() {
        PodPlacement a = created("a");
        fillCache();
        beforeWrite = () -> cluster.client.patch(ResourceTypes.PODS, A,
                Patch.merge("{\"metadata\":{\"labels\":{\"k\":\"" + cluster.environment.randomness().uuid() + "\"}}}"));

        assertThat(bind(a)).containsExactly("Conflict");
    }

    @Test
    void anUnknownOutcomeIsToldAsSuch() {
        PodPlacement a = created("a");
        once(() -> {
            throw new StoreException(StoreException.Kind.UNKNOWN, "no answer");
        });

        assertThat(bind(a, created("b"))).containsExactly("Timeout", "Timeout");
    }

    @Test
    void aPodThatIsNamedTwiceIsBoundOnce() {
        PodPlacement a = created("a");

        assertThat(bind(a, new PodPlacement(a.pod(), a.uid(), "n2"), a)).containsExactly("bound", "Conflict",
                "Conflict");
        assertThat(stored("a").getSpec().getNodeName()).isEqualTo("n1");
        assertThat(cluster.client.list(ResourceTypes.PODS, Query.all()).items()).hasSize(1);
    }

    @Test
    void aDryRunWritesNothing() {
        PodPlacement a = created("a");
        List<BindOutcome> outcomes = registry.bind(List.of(a), LeaderTerm.ALWAYS, cluster.writing(true, false));

        assertThat(outcomes).containsExactly(new BindOutcome.Bound());
        assertThat(stored("a").getSpec().getNodeName()).isEmpty();
    }
}
