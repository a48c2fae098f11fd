package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.coordination.v1.LeaseSpec;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every way to the API does alike, the one in memory included. */
public abstract class ApiClientContract {
    /** The object that most tests create. */
    protected static final ObjectKey KEY = new ObjectKey("default", "a");

    private ApiClient client;

    /** A client of the administrator, to an API of its own. */
    protected abstract ApiClient open() throws Exception;

    @BeforeEach
    final void connect() throws Exception {
        client = open();
    }

    /** Keeps what a watch tells. */
    private static final class Recorder<T extends Message> implements WatchListener<T> {
        private final List<WatchEvent<T>> events = new CopyOnWriteArrayList<>();
        private final List<Reason> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(WatchEvent<T> event) {
            if (!(event instanceof WatchEvent.Bookmark)) {
                events.add(event);
            }
        }

        @Override
        public void onEnd(ApiException cause) {
            ends.add(cause.reason());
        }
    }

    protected static ConfigMap configMap(String name) {
        return ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .putData("k", "v").build();
    }

    private static Pod pod() {
        return pod("a");
    }

    private static Pod pod(String name) {
        return Pod.newBuilder().setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name))
                .setSpec(PodSpec.newBuilder().addContainers(Container.newBuilder().setName("c").setImage("i:1")))
                .build();
    }

    protected static void refused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void whatIsCreatedIsReadAndListed() {
        ConfigMap created = client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));

        assertThat(created.getMetadata().getUid()).isNotEmpty();
        assertThat(client.get(ResourceTypes.CONFIG_MAPS, KEY)).isEqualTo(created);
        assertThat(client.list(ResourceTypes.CONFIG_MAPS, Query.namespace("default")).items()).containsExactly(created);
        assertThat(client.list(ResourceTypes.CONFIG_MAPS, Query.fields("metadata.name=b")).items()).isEmpty();
    }

    @Test
    void manyAreCreatedEachForItself() {
        client.create(ResourceTypes.CONFIG_MAPS, configMap("old"));
        List<ConfigMap> wanted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            wanted.add(configMap("map-" + i));
        }
        wanted.set(7, configMap("old"));
        wanted.set(8, configMap("Not A Name"));
        wanted.set(9, configMap("map-10"));
        ConfigMap unnamed = configMap("");
        wanted.set(11,
                unnamed.toBuilder().setMetadata(unnamed.getMetadata().toBuilder().setGenerateName("g-")).build());
        List<CreateOutcome<ConfigMap>> outcomes = client.createEach(ResourceTypes.CONFIG_MAPS, wanted);

        assertThat(outcomes).hasSize(300);
        assertThat(reason(outcomes.get(7))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reason(outcomes.get(8))).isEqualTo(Reason.INVALID);
        assertThat(reason(outcomes.get(10))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(created(outcomes.get(11)).getMetadata().getName()).startsWith("g-").hasSizeGreaterThan(2);
        ConfigMap last = created(outcomes.get(299));
        assertThat(client.get(ResourceTypes.CONFIG_MAPS, new ObjectKey("default", "map-299"))).isEqualTo(last);
        assertThat(client.list(ResourceTypes.CONFIG_MAPS, Query.namespace("default")).items()).hasSize(298);
        assertThat(client.createEach(ResourceTypes.CONFIG_MAPS, List.of())).isEmpty();
    }

    @Test
    void manyMayBeOfSeveralNamespaces() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("other")).build());
        ConfigMap elsewhere = configMap("a").toBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("other").setName("a")).build();
        List<CreateOutcome<ConfigMap>> outcomes = client.createEach(ResourceTypes.CONFIG_MAPS,
                List.of(configMap("a"), elsewhere, elsewhere, configMap("b")));

        assertThat(reason(outcomes.get(2))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(List.of(outcomes.get(0), outcomes.get(1), outcomes.get(3)))
                .extracting(outcome -> ResourceTypes.CONFIG_MAPS.key(created(outcome)))
                .containsExactly(KEY, new ObjectKey("other", "a"), new ObjectKey("default", "b"));
        assertThat(client.list(ResourceTypes.CONFIG_MAPS, Query.namespace("other")).items()).hasSize(1);
    }

    @Test
    void aLongListIsOneState() {
        List<ConfigMap> wanted = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            wanted.add(configMap("map-" + i));
        }
        client.createEach(ResourceTypes.CONFIG_MAPS, wanted);

        ObjectList<ConfigMap> list = client.list(ResourceTypes.CONFIG_MAPS, Query.all());
        assertThat(list.items()).extracting(map -> map.getMetadata().getName()).doesNotHaveDuplicates().hasSize(2_500);
        assertThat(list.resourceVersion()).isNotEmpty();
        assertThat(client.list(ResourceTypes.SECRETS, Query.namespace("default")).resourceVersion()).isNotEmpty();
    }

    private static Reason reason(CreateOutcome<?> outcome) {
        assertThat(outcome).isInstanceOf(CreateOutcome.Refused.class);
        return ((CreateOutcome.Refused<?>) outcome).cause().reason();
    }

    private static <T extends Message> T created(CreateOutcome<T> outcome) {
        assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
        return ((CreateOutcome.Created<T>) outcome).object();
    }

    @Test
    void refusalsKeepTheirReasonAndDetails() {
        client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));

        refused(Reason.ALREADY_EXISTS, () -> client.create(ResourceTypes.CONFIG_MAPS, configMap("a")));
        refused(Reason.INVALID, () -> client.create(ResourceTypes.CONFIG_MAPS, configMap("Not A Name")));
        assertThatThrownBy(() -> client.get(ResourceTypes.CONFIG_MAPS, new ObjectKey("default", "none")))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
                    assertThat(e.status().getDetails().getName()).isEqualTo("none");
                    assertThat(e.getMessage()).isEqualTo("configmaps \"none\" not found");
                });
    }

    @Test
    void anUpdateOfAnOlderCopyConflicts() {
        ConfigMap first = client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        client.update(ResourceTypes.CONFIG_MAPS, first.toBuilder().putData("k", "2").build());

        refused(Reason.CONFLICT,
                () -> client.update(ResourceTypes.CONFIG_MAPS, first.toBuilder().putData("k", "3").build()));
        assertThat(client.get(ResourceTypes.CONFIG_MAPS, KEY).getDataMap()).containsEntry("k", "2");
    }

    @Test
    void aWatchTellsTheLifeOfAnObject() {
        Recorder<ConfigMap> recorder = new Recorder<>();
        String from = client.list(ResourceTypes.CONFIG_MAPS, Query.all()).resourceVersion();
        try (Watch _ = client.watch(ResourceTypes.CONFIG_MAPS, Query.all(), from, recorder)) {
            ConfigMap created = client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
            ConfigMap changed = client.update(ResourceTypes.CONFIG_MAPS, created.toBuilder().putData("k", "2").build());
            client.delete(ResourceTypes.CONFIG_MAPS, KEY, DeleteQuery.background());

            await().until(() -> recorder.events.size() == 3);
            assertThat(recorder.events.get(0)).isEqualTo(new WatchEvent.Added<>(created));
            assertThat(recorder.events.get(1)).isEqualTo(new WatchEvent.Modified<>(changed));
            assertThat(recorder.events.get(2)).isInstanceOf(WatchEvent.Deleted.class);
        }
        assertThat(recorder.ends).isEmpty();
    }

    @Test
    void aWatchFromNowhereStartsWithWhatIsThere() {
        for (int i = 0; i < 200; i++) {
            client.create(ResourceTypes.CONFIG_MAPS, configMap("c" + i));
        }
        Recorder<ConfigMap> recorder = new Recorder<>();
        try (Watch _ = client.watch(ResourceTypes.CONFIG_MAPS, Query.namespace("default"), "", recorder)) {
            await().until(() -> recorder.events.size() == 200);
            assertThat(recorder.events).allMatch(event -> event instanceof WatchEvent.Added);
        }
    }

    @Test
    void podsAreBoundOnceAndTheirStatusIsApart() {
        Pod pod = client.create(ResourceTypes.PODS, pod());
        bind(pod, "n1").requireBound();
        refused(Reason.CONFLICT, () -> bind(pod, "n2").requireBound());

        Pod bound = client.get(ResourceTypes.PODS, KEY);
        assertThat(bound.getSpec().getNodeName()).isEqualTo("n1");
        Pod running = client.updateStatus(ResourceTypes.PODS,
                bound.toBuilder().setStatus(PodStatus.newBuilder().setPhase("Running")).build());
        assertThat(running.getStatus().getPhase()).isEqualTo("Running");
        assertThat(client.delete(ResourceTypes.PODS, KEY, DeleteQuery.background()).gone()).isFalse();
        assertThat(client.delete(ResourceTypes.PODS, KEY, DeleteQuery.now(pod.getMetadata().getUid())).gone()).isTrue();
    }

    private static PodPlacement placement(Pod pod, String node) {
        return new PodPlacement(ResourceTypes.PODS.key(pod), pod.getMetadata().getUid(), node);
    }

    private BindOutcome bind(Pod pod, String node) {
        return client.bind(List.of(placement(pod, node)), LeaderTerm.ALWAYS).getFirst();
    }

    private static List<String> outcomes(List<BindOutcome> outcomes) {
        return outcomes.stream().map(outcome -> switch (outcome) {
            case BindOutcome.Bound _ -> "bound";
            case BindOutcome.Refused(ApiException cause) -> cause.reason().text();
        }).toList();
    }

    @Test
    void manyPodsAreBoundInOneCallAndEachHasItsOwnOutcome() {
        List<PodPlacement> placements = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Pod pod = client.create(ResourceTypes.PODS, pod("p" + i));
            placements.add(placement(pod, "n" + i % 7));
            expected.add("bound");
        }
        placements.set(3, new PodPlacement(new ObjectKey("default", "none"), "uid", "n1"));
        expected.set(3, "NotFound");
        placements.set(5, new PodPlacement(new ObjectKey("default", "p5"), "another-uid", "n1"));
        expected.set(5, "Conflict");
        bind(client.get(ResourceTypes.PODS, new ObjectKey("default", "p200")), "n9").requireBound();
        expected.set(200, "Conflict");
        placements.add(placements.get(7));
        expected.add("Conflict");

        assertThat(outcomes(client.bind(placements, LeaderTerm.ALWAYS))).isEqualTo(expected);
        assertThat(client.bind(List.of(), LeaderTerm.ALWAYS)).isEmpty();
        for (int i = 0; i < 300; i++) {
            String node = i == 3 || i == 5 ? "" : i == 200 ? "n9" : "n" + i % 7;
            assertThat(client.get(ResourceTypes.PODS, new ObjectKey("default", "p" + i)).getSpec().getNodeName())
                    .isEqualTo(node);
        }
    }

    @Test
    void aWatchMissesNoneOfThePodsThatWereBoundTogether() {
        List<PodPlacement> placements = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placements.add(placement(client.create(ResourceTypes.PODS, pod("p" + i)), "n1"));
        }
        client.bind(placements, LeaderTerm.ALWAYS).forEach(BindOutcome::requireBound);
        String version = client.get(ResourceTypes.PODS, new ObjectKey("default", "p0")).getMetadata()
                .getResourceVersion();
        Recorder<Pod> recorder = new Recorder<>();
        try (Watch _ = client.watch(ResourceTypes.PODS, Query.all(), version, recorder)) {
            await().until(() -> recorder.events.size() >= 4);
            assertThat(recorder.events).allMatch(event -> event instanceof WatchEvent.Modified);
        }
    }

    @Test
    void aLeaderWhoseTermIsOverBindsNothing() {
        ObjectKey key = new ObjectKey("default", "leader");
        Pod pod = client.create(ResourceTypes.PODS, pod());
        List<PodPlacement> placements = List.of(placement(pod, "n1"));
        LeaderTerm first = new LeaderTerm(key, "one", 0);
        assertThat(outcomes(client.bind(placements, first))).containsExactly("Conflict");
        Lease lease = client.create(ResourceTypes.LEASES, Lease.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName("leader"))
                .setSpec(LeaseSpec.newBuilder().setHolderIdentity("one").setLeaseTransitions(0)).build());
        Lease.Builder taken = lease.toBuilder();
        taken.getSpecBuilder().setHolderIdentity("two").setLeaseTransitions(1);
        client.update(ResourceTypes.LEASES, taken.build());

        BindOutcome refused = client.bind(placements, first).getFirst();
        assertThat(outcomes(List.of(refused))).containsExactly("Conflict");
        assertThatThrownBy(refused::requireBound)
                .hasMessageContaining("term 0 of \"one\" is over: it is term 1 of \"two\" now");
        assertThat(client.get(ResourceTypes.PODS, KEY).getSpec().getNodeName()).isEmpty();
        assertThat(outcomes(client.bind(placements, new LeaderTerm(key, "two", 1)))).containsExactly("bound");
    }
}
