package dev.longshore.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.scheduling.v1.PriorityClass;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.apiserver.store.MeteredStore;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What admission asks the store for, and that what it knows from memory decides against nobody. */
class AdmissionReadsTest {
    private final Environment environment = new SimulatedTime(3).inlineEnvironment();
    private final InMemoryStore store = new InMemoryStore(environment);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    /** Two API servers over one store. */
    private final LocalApiClient measured = client(new StoreRegistry(
            new MeteredStore(store, environment.clock(), meters), ClusterConfig.standard(), environment));
    private final LocalApiClient other = client(new StoreRegistry(store, ClusterConfig.standard(), environment));

    AdmissionReadsTest() {
        other.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
    }

    private static LocalApiClient client(StoreRegistry registry) {
        return new LocalApiClient(registry, new User("admin", "", List.of("system:masters")));
    }

    private static Pod pod(String name, String priorityClass) {
        return Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(PodSpec.newBuilder().setPriorityClassName(priorityClass)
                        .addContainers(Container.newBuilder().setName("app").setImage("app:1")))
                .build();
    }

    private long calls(String operation) {
        return meters.get("etcd_request_duration_seconds").tag("operation", operation).timers().stream()
                .mapToLong(Timer::count).sum();
    }

    @Test
    void aPodCostsTheStoreOneWriteAndNoRead() {
        measured.create(ResourceTypes.PODS, pod("first", ""));
        long gets = calls("get");
        long lists = calls("list");
        long writes = calls("putEach");
        measured.create(ResourceTypes.PODS, pod("second", ""));

        assertThat(calls("get")).isEqualTo(gets);
        assertThat(calls("list")).isEqualTo(lists);
        assertThat(calls("putEach")).isEqualTo(writes + 1);
    }

    @Test
    void aPriorityClassOfTheLastMomentCounts() {
        other.create(ResourceTypes.PRIORITY_CLASSES, PriorityClass.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("high")).setValue(7).build());

        assertThat(measured.create(ResourceTypes.PODS, pod("first", "high")).getSpec().getPriority()).isEqualTo(7);
        assertThat(catchThrowableOfType(ApiException.class,
                () -> measured.create(ResourceTypes.PODS, pod("second", "low"))).getMessage())
                .contains("no PriorityClass with name low was found");
    }

    @Test
    void oneThatIsTooLargeIsRefusedAlone() {
        Pod large = pod("b", "");
        large = large.toBuilder().setSpec(large.getSpec().toBuilder().setContainers(0,
                large.getSpec().getContainers(0).toBuilder().addCommand("x".repeat(1600 * 1024)))).build();
        List<CreateOutcome<Pod>> outcomes = measured.createEach(ResourceTypes.PODS,
                List.of(pod("a", ""), large, pod("c", "")));

        assertThat(outcomes.get(0)).isInstanceOf(CreateOutcome.Created.class);
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(CreateOutcome.Refused.class,
                refused -> assertThat(refused.cause().reason()).isEqualTo(Reason.REQUEST_ENTITY_TOO_LARGE));
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(CreateOutcome.Created.class,
                created -> assertThat(((Pod) created.object()).getMetadata().getName()).isEqualTo("c"));
    }
}
