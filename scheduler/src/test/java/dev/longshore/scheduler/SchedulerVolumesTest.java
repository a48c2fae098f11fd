package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.scheduler.plugins.Profile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod with a claim, on real threads against an API in memory; the test is the controller that completes bindings. */
class SchedulerVolumesTest {
    private static final ObjectKey DATA = new ObjectKey("default", "data");

    /** Several attempts fail before the last, each with twice the back-off of the one before. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RunningScheduler scheduler = new RunningScheduler(SchedulerConfig.ALONE);
    private final FakeApiClient client = scheduler.client();

    @BeforeEach
    void start() {
        scheduler.createNode("n1", 1000);
        scheduler.start();
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private PersistentVolume volume() {
        return client.get(ResourceTypes.PERSISTENT_VOLUMES, ObjectKey.cluster("disk-7"));
    }

    private void createPod() {
        scheduler.create(TestPods.pod("db", 100, spec -> spec.addVolumesBuilder()
                .getVolumeSourceBuilder().getPersistentVolumeClaimBuilder().setClaimName("data")));
        await().atMost(LIMIT).until(() -> scheduler.pod("db").getStatus().getConditionsList().stream()
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
        assertThat(scheduler.nodeOf("db")).isEmpty();
        completeBinding();
        await().atMost(LIMIT).until(() -> scheduler.nodeOf("db").equals("n1"));
        await().until(() -> scheduler.attempts("scheduled", Profile.DEFAULT_NAME) == 1);
    }
}
