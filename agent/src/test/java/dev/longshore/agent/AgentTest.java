package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.agent.volumes.Mounts;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerStatus;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.values.IntOrStrings;
import dev.longshore.api.values.Quantities;
import dev.longshore.agent.images.ImageContent;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.grpc.v1.LogsRequest;
import dev.longshore.grpc.v1.PodRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole agent over a real containerd, against an API in memory. */
@Tag("root")
class AgentTest {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String IMAGE = "localhost/longshore/hello:1";
    private static final ObjectKey KEY = new ObjectKey("default", "web");

    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient api = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private Path directory;
    private AgentConfig config;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        directory = Files.createTempDirectory("ls-agent");
        Path cni = Files.createDirectories(directory.resolve("cni"));
        Files.writeString(cni.resolve("10-test.conflist"),
                """
                        {"cniVersion":"0.4.0","name":"lstest21","plugins":[{"type":"bridge","bridge":"lstest21","isGateway":true,
                        "ipam":{"type":"host-local","dataDir":"%s","ranges":[[{"subnet":"10.250.21.0/24"}]],
                        "routes":[{"dst":"0.0.0.0/0"}]}}]}
                        """
                        .formatted(directory.resolve("ipam")));
        config = new AgentConfig("node1", List.of("192.0.2.1"), directory.resolve("data"), directory.resolve("run"),
                directory.resolve("logs"), "/longshore-test21", "localhost/longshore/pause:1", "cluster.local",
                List.of("10.0.0.10"), List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin")), cni, 110, Map.of(),
                "v1.32.0-test");
        agent = startAgent();
        agent.images().ensure(ImageContent.shell(IMAGE, BUSYBOX, new TreeMap<>()));
    }

    private Agent startAgent() throws Exception {
        Agent started = new Agent(config, api, system.environment(), (_, cause) -> fault.set(cause),
                new SimpleMeterRegistry());
        started.start();
        return started;
    }

    @AfterEach
    void stop() throws Exception {
        agent.beginStop();
        agent.awaitStopped(Duration.ofSeconds(5));
        new AgentPurge(config, system.environment().tasks()).purge();
        assertThat(Mounts.under(directory)).isEmpty();
        new ProcessBuilder("ip", "link", "delete", "lstest21").start().waitFor();
        new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
        system.close();
        assertThat(fault.get()).isNull();
    }

    @Test
    void runsRestartsKeepsAndDeletesAPod() throws Exception {
        await().atMost(Duration.ofSeconds(10)).until(agent::ready);
        ConfigMap.Builder map = ConfigMap.newBuilder().putData("greeting", "moin");
        map.getMetadataBuilder().setNamespace("default").setName("settings");
        api.create(ResourceTypes.CONFIG_MAPS, map.build());
        api.create(ResourceTypes.PODS, pod());
        await().atMost(Duration.ofSeconds(15)).until(() -> isReady(get()));
        assertThat(get().getStatus().getPhase()).isEqualTo("Running");
        assertThat(get().getStatus().getPodIP()).startsWith("10.250.21.");
        String first = status().getContainerID();
        await().until(() -> log("web").contains("moin moin"));

        agent.runtime().exec(id(first), List.of("kill", "-9", "1"), Duration.ofSeconds(2));
        String pid = processOf(id(first));
        long killed = system.environment().clock().nanos();
        new ProcessBuilder("kill", "-9", pid).start().waitFor();
        await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(20))
                .until(() -> status().getState().hasRunning() && !status().getContainerID().equals(first));
        Duration took = Duration.ofNanos(system.environment().clock().nanos() - killed);
        System.out.println("restart took " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(status().getRestartCount()).isEqualTo(1);
        await().until(() -> isReady(get()));

        String second = status().getContainerID();
        agent.beginStop();
        agent.awaitStopped(Duration.ofSeconds(5));
        String before = get().getMetadata().getResourceVersion();
        agent = startAgent();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> isReady(get()));
        assertThat(status().getContainerID()).isEqualTo(second);
        assertThat(get().getMetadata().getResourceVersion()).as("nothing was written").isEqualTo(before);

        api.delete(ResourceTypes.PODS, KEY, DeleteQuery.background());
        await().atMost(Duration.ofSeconds(10)).until(this::gone);
        assertThat(agent.runtime().sandboxes()).isEmpty();
        assertThat(Files.exists(config.podsDir().resolve("u"))).isFalse();
        assertThat(Path.of("/sys/fs/cgroup/memory/longshore-test21").toFile().list((_, name) -> name.startsWith("pod")))
                .isNullOrEmpty();
    }

    private static Pod pod() {
        Container.Builder web = Container.newBuilder().setName("web").setImage(IMAGE)
                .addAllCommand(List.of("sh", "-c", "echo $GREETING $(cat /conf/greeting); exec httpd -f -p 8080"));
        web.addEnvBuilder().setName("GREETING").getValueFromBuilder().getConfigMapKeyRefBuilder().setKey("greeting")
                .getLocalObjectReferenceBuilder().setName("settings");
        web.addVolumeMountsBuilder().setName("conf").setMountPath("/conf");
        web.getReadinessProbeBuilder().setPeriodSeconds(1).getHandlerBuilder().getTcpSocketBuilder()
                .setPort(IntOrStrings.of(8080));
        web.getResourcesBuilder().putLimits("memory", Quantities.parse("64Mi")).putLimits("cpu",
                Quantities.parse("200m"));
        Pod.Builder pod = Pod.newBuilder();
        pod.getMetadataBuilder().setNamespace("default").setName("web");
        pod.getSpecBuilder().setNodeName("node1").setRestartPolicy("Always").setTerminationGracePeriodSeconds(2)
                .addContainers(web).addVolumesBuilder().setName("conf").getVolumeSourceBuilder().getConfigMapBuilder()
                .getLocalObjectReferenceBuilder().setName("settings");
        return pod.build();
    }

    private Pod get() {
        return api.get(ResourceTypes.PODS, KEY);
    }

    private boolean gone() {
        try {
            get();
            return false;
        } catch (ApiException e) {
            return true;
        }
    }

    private ContainerStatus status() {
        return get().getStatus().getContainerStatuses(0);
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditionsList().stream()
                .anyMatch(item -> item.getType().equals("Ready") && item.getStatus().equals("True"));
    }

    private static String id(String containerId) {
        return containerId.substring(containerId.lastIndexOf('/') + 1);
    }

    private String processOf(String id) throws Exception {
        Path tasks = Path.of("/sys/fs/cgroup/memory/longshore-test21/pod" + get().getMetadata().getUid() + "/" + id
                + "/cgroup.procs");
        return Files.readAllLines(tasks).getFirst();
    }

    private String log(String container) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        agent.logs().open(LogsRequest.newBuilder().setContainer(container).setTailLines(-1)
                .setPod(PodRef.newBuilder().setNamespace("default").setName("web")).build(), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
