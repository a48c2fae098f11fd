package dev.longshore.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.agent.containerd.Containerd;
import dev.longshore.agent.containerd.ContainerdFixture;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.PodSandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("root")
class CriRuntimeTest {
    @TempDir
    Path directory;

    @Test
    void runsAPodThroughARealContainerd() throws Exception {
        try (ContainerdFixture fixture = new ContainerdFixture(directory, 11)) {
            ContainerRuntime runtime = fixture.runtime();
            assertThat(runtime.version().name()).isEqualTo("containerd");
            assertThat(runtime.condition().ready()).isTrue();
            assertThat(fixture.containerd().ensureRunning()).isEqualTo(Containerd.Outcome.ADOPTED);
            AtomicInteger changes = new AtomicInteger();
            try (var _ = runtime.onChange(changes::incrementAndGet)) {
                var config = PodSandboxConfig.newBuilder().setHostname("p");
                config.getMetadataBuilder().setName("p").setNamespace("default").setUid("u1");
                config.putLabels(Labels.POD_UID, "u1").setLogDirectory(directory.resolve("logs").toString());
                String sandbox = runtime.runSandbox(config.build());
                assertThat(runtime.sandbox(sandbox).orElseThrow().ips()).singleElement().asString()
                        .startsWith("10.250.11.");
                var container = ContainerConfig.newBuilder().putLabels(Labels.POD_UID, "u1").setLogPath("c.log")
                        .addAllCommand(List.of("sh", "-c", "echo hi; trap 'exit 7' TERM; while :; do sleep 0.1; done"));
                container.getMetadataBuilder().setName("c");
                container.getImageBuilder().setImage(ContainerdFixture.SHELL);
                String id = runtime.createContainer(sandbox, container.build(), config.build());
                runtime.startContainer(id);
                assertThat(runtime.container(id).orElseThrow().state()).isEqualTo(ContainerView.State.RUNNING);
                assertThat(runtime.exec(id, List.of("hostname"), Duration.ofSeconds(5)).output()).isEqualTo("p\n");
                await().until(() -> changes.get() > 0);
                runtime.stopContainer(id, Duration.ofSeconds(5));
                assertThat(runtime.container(id).orElseThrow().exitCode()).isEqualTo(7);
            }
        }
    }
}
