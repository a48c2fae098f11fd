package dev.longshore.agent.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.agent.cgroups.Cgroups;
import dev.longshore.agent.env.References;
import dev.longshore.agent.probes.ProbeOutcome;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.FakeRuntime;
import dev.longshore.agent.volumes.PodVolumes;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.Service;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers over a fake runtime and an API in memory. */
class PodWorkersTest {
    private static final ObjectKey KEY = new ObjectKey("default", "p");

    @TempDir
    Path directory;
    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient api = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final FakeRuntime runtime = new FakeRuntime(system.environment().clock(), "10.1");
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private ThreadLoop loop;
    private PodWorkers workers;
    private RuntimeWatcher watcher;
    private Informer<Pod> informer;

    @BeforeEach
    void start() {
        runtime.addImage("x:1");
        startAgent();
    }

    private void startAgent() {
        makeAgent();
        informer.start();
        watcher.start();
    }

    private void makeAgent() {
        loop = new ThreadLoop("pods", 1000, system.environment().timers(), (_, cause) -> fault.set(cause));
        loop.start();
        workers = new PodWorkers(new PodWorkers.Parts(runtime, PodVolumes.none(), new NoReferences(),
                (_, _, _) -> ProbeOutcome.success(""), new Silent(),
                new PodFiles(directory.resolve("pods"), directory.resolve("logs")),
                new NodeFacts(List.of("192.0.2.1"), Map.of(), 1L << 30, "/test", "fake",
                        PodIdentity.parse(List.of(), "cluster.local", List.of())),
                new Cgroups(directory.resolve("cgroup")), api, system.environment()), (_, open) -> open.run(), loop);
        watcher = new RuntimeWatcher(runtime, system.environment(), workers, () -> {
        });
        informer = new Informer<>(ResourceTypes.PODS, Query.all(), api, system.environment());
        informer.onChange(workers);
    }

    private void stopAgent() throws InterruptedException {
        watcher.stop();
        informer.stop();
        workers.stop();
        loop.beginStop();
        loop.awaitStopped(Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopAgent();
        system.close();
        assertThat(fault.get()).isNull();
    }

    private void create(String policy) {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setNamespace("default").setName("p");
        pod.getSpecBuilder().setRestartPolicy(policy)
                .addContainers(Container.newBuilder().setName("c").setImage("x:1"));
        api.create(ResourceTypes.PODS, pod.build());
    }

    private String phase() {
        return api.get(ResourceTypes.PODS, KEY).getStatus().getPhase();
    }

    private ContainerStatus status() {
        return api.get(ResourceTypes.PODS, KEY).getStatus().getContainerStatuses(0);
    }

    private ContainerView container() {
        return runtime.containers().getLast();
    }

    @Test
    void aContainerThatEndsIsRestartedAndTheSecondTimeBacksOff() {
        create("Always");
        await().until(() -> phase().equals("Running") && status().getReady());
        runtime.exit(container().id(), 1);
        await().until(() -> status().getRestartCount() == 1 && status().getState().hasRunning());
        assertThat(status().getLastState().getTerminated().getExitCode()).isEqualTo(1);
        runtime.exit(container().id(), 1);
        await().until(() -> status().getState().getWaiting().getReason().equals("CrashLoopBackOff"));
        assertThat(status().getState().getWaiting().getMessage())
                .startsWith("back-off 10s restarting failed container=c");
    }

    @Test
    void aPodThatNeverRestartsFinishesAndKeepsItsStatus() {
        create("Never");
        await().until(() -> phase().equals("Running"));
        runtime.exit(container().id(), 0);
        await().until(() -> phase().equals("Succeeded"));
        await().until(() -> !runtime.sandboxes().getFirst().ready());
        assertThat(status().getState().getTerminated().getReason()).isEqualTo("Completed");
    }

    @Test
    void aDeletedPodLeavesNothing() {
        create("Always");
        await().until(() -> phase().equals("Running"));
        api.delete(ResourceTypes.PODS, KEY, DeleteQuery.background());
        await().until(this::gone);
        assertThat(runtime.sandboxes()).isEmpty();
        assertThat(runtime.containers()).isEmpty();
        await().until(() -> workers.summaries().isEmpty());
    }

    @Test
    void anotherAgentGoesOnWithTheSameContainersAndEndsOrphans() throws Exception {
        create("Always");
        await().until(() -> phase().equals("Running") && status().getReady());
        String id = status().getContainerID();
        stopAgent();
        startAgent();
        await().during(Duration.ofMillis(500)).until(() -> status().getReady() && status().getContainerID().equals(id));
        stopAgent();
        api.delete(ResourceTypes.PODS, KEY, DeleteQuery.now(api.get(ResourceTypes.PODS, KEY).getMetadata().getUid()));
        startAgent();
        await().until(() -> runtime.sandboxes().isEmpty());
    }

    @Test
    void anOrphanThatIsSeenBeforeThePodsAreKnownEndsToo() throws Exception {
        create("Always");
        await().until(() -> phase().equals("Running"));
        stopAgent();
        String uid = api.get(ResourceTypes.PODS, KEY).getMetadata().getUid();
        api.delete(ResourceTypes.PODS, KEY, DeleteQuery.now(uid));
        makeAgent();
        workers.runtimeChanged(Set.of(uid), Map.of(uid, runtime.sandboxes().getFirst()));
        informer.start();
        await().until(() -> runtime.sandboxes().isEmpty());
    }

    @Test
    void aMissingImageShowsAsSuch() {
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setNamespace("default").setName("p");
        pod.getSpecBuilder().addContainers(Container.newBuilder().setName("c").setImage("nowhere:1"));
        api.create(ResourceTypes.PODS, pod.build());
        await().until(() -> api.get(ResourceTypes.PODS, KEY).getStatus().getContainerStatusesCount() > 0
                && status().getState().getWaiting().getReason().equals("ErrImagePull"));
        assertThat(phase()).isEqualTo("Pending");
        await().until(() -> status().getState().getWaiting().getReason().equals("ImagePullBackOff"));
    }

    private boolean gone() {
        try {
            api.get(ResourceTypes.PODS, KEY);
            return false;
        } catch (ApiException e) {
            return true;
        }
    }

    private static final class NoReferences implements References {
        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<Service> services(String namespace) {
            return List.of();
        }
    }

    private static final class Silent implements PodEvents {
        @Override
        public void normal(Pod pod, String container, String reason, String message) {
        }

        @Override
        public void warning(Pod pod, String container, String reason, String message) {
        }
    }
}
