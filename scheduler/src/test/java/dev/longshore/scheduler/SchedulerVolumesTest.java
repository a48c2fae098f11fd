package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod with a claim, on real threads against an API in memory; the test is the controller that completes bindings. */
class SchedulerVolumesTest {
    private static final ObjectKey DATA = new ObjectKey("default", "data");

    /** Several attempts fail before the last, each with twice the back-off of the one before. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient client = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT,
            system.environment().timers(), (_, cause) -> faults.add(cause));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scheduler scheduler = new Scheduler(SchedulerConfig.ALONE, client, loop, system.environment(),
            meters, (_, cause) -> faults.add(cause));

    @BeforeEach
    void start() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
        client.create(ResourceTypes.NODES, TestPods.node("n1", 1000));
        loop.start();
        scheduler.start();
    }

    @AfterEach
    void stop() {
        scheduler.beginStop();
        loop.beginStop();
        system.close();
        assertThat(faults).isEmpty();
    }

    private Pod pod() {
        return client.get(ResourceTypes.PODS, new ObjectKey("default", "db"));
    }

    private PersistentVolume volume() {
        return client.get(ResourceTypes.PERSISTENT_VOLUMES, ObjectKey.cluster("disk-7"));
    }

    private void createPod() {
        client.create(ResourceTypes.PODS, TestPods.pod("db", 100, spec -> spec.addVolumesBuilder()
                .getVolumeSourceBuilder().getPersistentVolumeClaimBuilder().setClaimName("data")));
        await().atMost(LIMIT).until(() -> pod().getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getMessage().contains("persistentvolumeclaim \"data\" not found")));
    }

    private void createStorage() {
        StorageClass.Builder local = StorageClass.newBuilder().setProvisioner("kubernetes.io/no-provisioner")
                .setVolumeBindingMode("WaitForFirstConsumer");
        local.getMetadataBuilder().setName("local");
        client.create(ResourceTypes.STORAGE_CLASSES, local.build());
        PersistentVolume.Builder volume = PersistentVolume.newBuilder();
        volume.getMetadataBuilder().setName("disk-7");
        volume.getSpecBuilder().setStorageClassName("local").putCapacity("storage", Quantities.parse("10Gi"));
        PersistentVolume created = client.create(ResourceTypes.PERSISTENT_VOLUMES, volume.build());
        client.updateStatus(ResourceTypes.PERSISTENT_VOLUMES,
                created.toBuilder().setStatus(created.getStatus().toBuilder().setPhase("Available")).build());
        PersistentVolumeClaim.Builder claim = PersistentVolumeClaim.newBuilder();
        claim.getMetadataBuilder().setNamespace("default").setName("data");
        claim.getSpecBuilder().setStorageClassName("local").getResourcesBuilder()
                .putRequests("storage", Quantities.parse("5Gi"));
        client.create(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, claim.build());
    }

    private void completeBinding() {
        PersistentVolumeClaim.Builder claim = client.get(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, DATA).toBuilder();
        claim.getMetadataBuilder().putAnnotations("pv.kubernetes.io/bind-completed", "yes");
        claim.getSpecBuilder().setVolumeName("disk-7");
        client.update(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, claim.build());
    }

    @Test
    void aPodIsBoundOnceItsClaimHasTheVolumeChosenForIt() {
        createPod();
        createStorage();
        await().atMost(LIMIT).until(() -> volume().getSpec().getClaimRef().getName().equals("data"));
        assertThat(pod().getSpec().getNodeName()).isEmpty();
        completeBinding();
        await().atMost(LIMIT).until(() -> pod().getSpec().getNodeName().equals("n1"));
        await().until(
                () -> meters.get("scheduler_schedule_attempts").tag("result", "scheduled").counter().count() == 1);
    }
}
