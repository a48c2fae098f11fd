package dev.longshore.scheduler.recording;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.SchedulerConfig;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scheduler in simulated time, in a small cluster to which one thing after the other happens, recorded. */
final class RandomLife {
    private static final int EVENTS = 150;

    private final SimulatedTime time;
    private final FakeApiClient api;
    private final RandomPod pods;
    private final MemoryFile file = new MemoryFile();
    private final List<Throwable> faults = new ArrayList<>();
    private int made;

    private RandomLife(long seed) {
        time = new SimulatedTime(seed);
        api = new FakeApiClient(time.environment().clock(), time.environment().randomness());
        pods = new RandomPod(time);
    }

    /** The lines of its recording. */
    static List<String> recorded(long seed) {
        return recorded(seed, "");
    }

    /** @param configuration the text of the scheduler's configuration; "" for none */
    static List<String> recorded(long seed, String configuration) {
        RandomLife life = new RandomLife(seed);
        life.live(configuration);
        if (!life.faults.isEmpty()) {
            throw new AssertionError("seed " + seed, life.faults.getFirst());
        }
        return life.file.lines();
    }

    private void live(String configuration) {
        SchedulerConfig config = configuration.isEmpty()
                ? SchedulerConfig.ALONE
                : SchedulerConfig.of(
                        KubeSchedulerConfiguration.read(configuration.getBytes(StandardCharsets.UTF_8)), true);
        Scheduler scheduler = new Scheduler(config, new UnreliableApi(api, time),
                new SimulatedLoop(time, Duration.ofMillis(1)), time.environment(), new SimpleMeterRegistry(),
                (_, cause) -> faults.add(cause));
        FileRecorder recorder = new FileRecorder(new SimulatedLoop(time, Duration.ZERO), file, configuration);
        scheduler.recordTo(recorder);
        api.create(ResourceTypes.NAMESPACES, named(Namespace.newBuilder(), "default").build());
        createClass();
        addNode();
        scheduler.start();
        for (int i = 0; i < EVENTS; i++) {
            time.advance(Duration.ofMillis(time.below(time.below(10) == 0 ? 20_000 : 800)));
            happen();
        }
        time.advance(Duration.ofMinutes(6));
        scheduler.beginStop();
        recorder.beginStop();
        time.advance(Duration.ofSeconds(1));
    }

    private static Namespace.Builder named(Namespace.Builder namespace, String name) {
        namespace.getMetadataBuilder().setName(name);
        return namespace;
    }

    private void happen() {
        switch (time.below(14)) {
            case 0 -> addNode();
            case 1 -> changeNode();
            case 2 -> any(ResourceTypes.NODES).filter(_ -> time.below(2) == 0)
                    .ifPresent(node -> delete(ResourceTypes.NODES, node));
            case 3 -> any(ResourceTypes.PODS).ifPresent(pod -> delete(ResourceTypes.PODS, pod));
            case 4 -> endLeaving();
            case 5 -> any(ResourceTypes.PODS).ifPresent(this::openGate);
            case 6 -> addClaimAndVolume();
            case 7 -> completeBindings();
            case 8 -> addObject();
            case 9 -> api.expireWatches();
            default -> addPod();
        }
    }

    private <T extends Message> Optional<T> any(ResourceType<T> type) {
        List<T> all = api.list(type, Query.all()).items();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(time.below(all.size())));
    }

    private <T extends Message> void delete(ResourceType<T> type, T object) {
        api.delete(type, type.key(object), DeleteQuery.of(type.meta(object).getUid()));
    }

    private void addNode() {
        String name = "n" + made++;
        api.create(ResourceTypes.NODES, TestPods.node(name, 500L * (1 + time.below(4)), node -> {
            node.getMetadataBuilder().putLabels("kubernetes.io/hostname", name)
                    .putLabels("topology.kubernetes.io/zone", "z" + time.below(3));
            if (time.below(5) == 0) {
                node.getSpecBuilder().addTaintsBuilder().setKey("old").setEffect("NoSchedule");
            }
        }));
    }

    private void changeNode() {
        any(ResourceTypes.NODES).ifPresent(node -> {
            Node.Builder changed = node.toBuilder();
            changed.getSpecBuilder().setUnschedulable(time.below(3) == 0);
            changed.getMetadataBuilder().putLabels("topology.kubernetes.io/zone", "z" + time.below(3));
            api.update(ResourceTypes.NODES, changed.build());
        });
    }

    private void addPod() {
        api.create(ResourceTypes.PODS, pods.make("p" + made++, "claim" + time.below(4)));
    }

    /** What is asked to end has ended. */
    private void endLeaving() {
        api.list(ResourceTypes.PODS, Query.all()).items().stream()
                .filter(pod -> pod.getMetadata().hasDeletionTimestamp())
                .forEach(pod -> api.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                        DeleteQuery.now(pod.getMetadata().getUid())));
    }

    private void openGate(Pod pod) {
        api.update(ResourceTypes.PODS,
                pod.toBuilder().setSpec(pod.getSpec().toBuilder().clearSchedulingGates()).build());
    }

    private void createClass() {
        StorageClass.Builder local = StorageClass.newBuilder().setProvisioner("kubernetes.io/no-provisioner")
                .setVolumeBindingMode("WaitForFirstConsumer");
        local.getMetadataBuilder().setName("local");
        api.create(ResourceTypes.STORAGE_CLASSES, local.build());
    }

    private void addClaimAndVolume() {
        String claimName = "claim" + time.below(4);
        if (api.list(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, Query.all()).items().stream()
                .noneMatch(claim -> claim.getMetadata().getName().equals(claimName))) {
            PersistentVolumeClaim.Builder claim = PersistentVolumeClaim.newBuilder();
            claim.getMetadataBuilder().setNamespace("default").setName(claimName);
            claim.getSpecBuilder().setStorageClassName("local").getResourcesBuilder().putRequests("storage",
                    Quantities.parse("5Gi"));
            api.create(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, claim.build());
        }
        PersistentVolume.Builder volume = PersistentVolume.newBuilder();
        volume.getMetadataBuilder().setName("disk" + made++);
        volume.getSpecBuilder().setStorageClassName("local").putCapacity("storage", Quantities.parse("10Gi"));
        PersistentVolume created = api.create(ResourceTypes.PERSISTENT_VOLUMES, volume.build());
        api.updateStatus(ResourceTypes.PERSISTENT_VOLUMES,
                created.toBuilder().setStatus(created.getStatus().toBuilder().setPhase("Available")).build());
    }

    /** What the controller of volumes does; sometimes it takes the volume away instead. */
    private void completeBindings() {
        for (PersistentVolume volume : api.list(ResourceTypes.PERSISTENT_VOLUMES, Query.all()).items()) {
            if (volume.getSpec().hasClaimRef()) {
                PersistentVolumeClaim claim = api.get(ResourceTypes.PERSISTENT_VOLUME_CLAIMS,
                        new ObjectKey("default", volume.getSpec().getClaimRef().getName()));
                if (time.below(6) == 0) {
                    delete(ResourceTypes.PERSISTENT_VOLUMES, volume);
                } else if (claim.getSpec().getVolumeName().isEmpty()) {
                    PersistentVolumeClaim.Builder bound = claim.toBuilder();
                    bound.getMetadataBuilder().putAnnotations("pv.kubernetes.io/bind-completed", "yes");
                    bound.getSpecBuilder().setVolumeName(volume.getMetadata().getName());
                    api.update(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, bound.build());
                }
            }
        }
    }

    private void addObject() {
        String app = "app" + time.below(3);
        if (time.below(2) == 0) {
            Service.Builder service = Service.newBuilder();
            service.getMetadataBuilder().setNamespace("default").setName("s" + made++);
            service.getSpecBuilder().putSelector("app", app);
            api.create(ResourceTypes.SERVICES, service.build());
        } else {
            PodDisruptionBudget.Builder budget = PodDisruptionBudget.newBuilder();
            budget.getMetadataBuilder().setNamespace("default").setName("b" + made++);
            budget.getSpecBuilder().getSelectorBuilder().putMatchLabels("app", app);
            budget.getStatusBuilder().setDisruptionsAllowed(time.below(2));
            api.create(ResourceTypes.POD_DISRUPTION_BUDGETS, budget.build());
        }
    }
}
