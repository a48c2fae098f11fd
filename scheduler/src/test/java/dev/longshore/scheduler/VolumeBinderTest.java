package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in volumes and claims afterwards, and what is answered when the API does not play along. */
class VolumeBinderTest {
    private static final ObjectKey DATA = new ObjectKey("default", "data");

    private final SystemEnvironment system = new SystemEnvironment();
    /** Everything happens inside the call that asks for it; no wait takes time. */
    private final Environment environment = new Environment(system.environment().clock(), (_, action) -> {
        action.run();
        return () -> {
        };
    }, system.environment().randomness(), Runnable::run);
    private final FakeApiClient client = new FakeApiClient(environment.clock(), environment.randomness());
    private final Queue<Reason> troubles = new ArrayDeque<>();
    private final List<SchedulerEvent> results = new ArrayList<>();
    private final VolumeBinder binder = new VolumeBinder(troubled(), environment, results::add);

    /** Refuses as many calls as there are troubles, then none. */
    private ApiClient troubled() {
        return (ApiClient) Proxy.newProxyInstance(ApiClient.class.getClassLoader(), new Class<?>[]{ApiClient.class},
                (_, method, arguments) -> {
                    if (!troubles.isEmpty()) {
                        throw ApiException.of(troubles.remove(), "trouble");
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @BeforeEach
    void objects() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
        PersistentVolume.Builder volume = PersistentVolume.newBuilder();
        volume.getMetadataBuilder().setName("disk-7");
        client.create(ResourceTypes.PERSISTENT_VOLUMES, volume.build());
        PersistentVolumeClaim.Builder claim = PersistentVolumeClaim.newBuilder();
        claim.getMetadataBuilder().setNamespace("default").setName("data");
        client.create(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, claim.build());
    }

    @AfterEach
    void close() {
        system.close();
    }

    private PersistentVolume volume() {
        return client.get(ResourceTypes.PERSISTENT_VOLUMES, ObjectKey.cluster("disk-7"));
    }

    private PersistentVolumeClaim claim() {
        return client.get(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, DATA);
    }

    private void hold(String name, String uid) {
        PersistentVolume.Builder held = volume().toBuilder();
        held.getSpecBuilder().setClaimRef(
                ObjectReference.newBuilder().setNamespace("default").setName(name).setUid(uid));
        client.update(ResourceTypes.PERSISTENT_VOLUMES, held.build());
    }

    private SchedulerEvent pair() {
        return result(new VolumePlan("n1",
                List.of(new VolumePlan.Pairing(DATA, claim().getMetadata().getUid(), "disk-7")), List.of()));
    }

    private SchedulerEvent select(String claimUid) {
        return result(new VolumePlan("n1", List.of(), List.of(new VolumePlan.Provision(DATA, claimUid))));
    }

    private SchedulerEvent result(VolumePlan plan) {
        binder.write(new Intent.BindVolumes(new ObjectKey("default", "db"), "db", "default-scheduler", plan));
        binder.finished();
        return results.getLast();
    }

    @Test
    void aFreeVolumeIsForTheClaimAfterwards() {
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesWritten("db"));
        assertThat(volume().getSpec().getClaimRef()).isEqualTo(ObjectReference.newBuilder().setApiVersion("v1")
                .setKind("PersistentVolumeClaim").setNamespace("default").setName("data")
                .setUid(claim().getMetadata().getUid()).build());
        assertThat(volume().getMetadata().getAnnotationsMap()).containsEntry("pv.kubernetes.io/bound-by-controller",
                "yes");
    }

    @Test
    void aVolumeKeptForTheNameIsTiedToTheClaim() {
        hold("data", "");
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesWritten("db"));
        assertThat(volume().getSpec().getClaimRef().getUid()).isEqualTo(claim().getMetadata().getUid());
        assertThat(volume().getMetadata().getAnnotationsMap()).as("who kept it may not find it undone").isEmpty();
    }

    @Test
    void whatIsWrittenAlreadyIsLeft() {
        pair();
        String version = volume().getMetadata().getResourceVersion();
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesWritten("db"));
        assertThat(volume().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aVolumeOfAnotherClaimIsNotTaken() {
        hold("other", "uid");
        assertThat(pair()).isInstanceOf(SchedulerEvent.VolumesFailed.class);
        hold("data", "an earlier claim of this name");
        assertThat(pair()).isInstanceOf(SchedulerEvent.VolumesFailed.class);
    }

    @Test
    void theNodeStandsInTheClaim() {
        assertThat(select(claim().getMetadata().getUid())).isEqualTo(new SchedulerEvent.VolumesWritten("db"));
        assertThat(claim().getMetadata().getAnnotationsMap()).containsEntry("volume.kubernetes.io/selected-node",
                "n1");
        String version = claim().getMetadata().getResourceVersion();
        select(claim().getMetadata().getUid());
        assertThat(claim().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aClaimMadeAnewIsNotTheOneMeant() {
        assertThat(select("an earlier one")).isInstanceOf(SchedulerEvent.VolumesFailed.class);
        assertThat(claim().getMetadata().getAnnotationsMap()).isEmpty();
    }

    @Test
    void passingTroublesAreOutlasted() {
        troubles.addAll(List.of(Reason.CONFLICT, Reason.SERVICE_UNAVAILABLE, Reason.TIMEOUT, Reason.INTERNAL_ERROR));
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesWritten("db"));
    }

    @Test
    void troublesThatDoNotPassAndRefusalsEndIt() {
        for (int i = 0; i < Retry.LIMIT; i++) {
            troubles.add(Reason.SERVICE_UNAVAILABLE);
        }
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesFailed("db", "trouble"));
        troubles.clear();
        troubles.add(Reason.FORBIDDEN);
        assertThat(pair()).isEqualTo(new SchedulerEvent.VolumesFailed("db", "trouble"));
        client.delete(ResourceTypes.PERSISTENT_VOLUMES, ObjectKey.cluster("disk-7"),
                DeleteQuery.of(volume().getMetadata().getUid()));
        assertThat(pair()).isInstanceOf(SchedulerEvent.VolumesFailed.class);
    }

    @Test
    void plansBeyondTheLimitWaitTheirTurn() {
        List<Runnable> tasks = new ArrayList<>();
        VolumeBinder slow = new VolumeBinder(client, new Environment(environment.clock(), environment.timers(),
                environment.randomness(), tasks::add), results::add);
        VolumePlan plan = new VolumePlan("n1", List.of(), List.of());
        for (int i = 0; i <= VolumeBinder.IN_FLIGHT_LIMIT; i++) {
            slow.write(new Intent.BindVolumes(new ObjectKey("default", "p" + i), "p" + i, "default-scheduler", plan));
        }
        assertThat(tasks).hasSize(VolumeBinder.IN_FLIGHT_LIMIT);
        slow.finished();
        assertThat(tasks).hasSize(VolumeBinder.IN_FLIGHT_LIMIT + 1);
    }
}
