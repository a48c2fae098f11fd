package dev.longshore.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.PodSandboxConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the agent relies on in every runtime. */
abstract class RuntimeContract {
    /** The one under test, the same for all tests of a class. */
    abstract ContainerRuntime runtime();

    /** An image that it has. */
    abstract String image();

    private PodSandboxConfig pod(String uid) {
        var config = PodSandboxConfig.newBuilder().setHostname("p").putLabels(Labels.POD_UID, uid);
        config.getMetadataBuilder().setName("p").setNamespace("default").setUid(uid).setAttempt(2);
        return config.build();
    }

    private String create(String sandbox, PodSandboxConfig pod) {
        var config = ContainerConfig.newBuilder().putLabels(Labels.POD_UID, pod.getMetadata().getUid())
                .addAllCommand(List.of("sh", "-c", "trap 'exit 143' TERM; while :; do sleep 0.1; done"));
        config.getMetadataBuilder().setName("c").setAttempt(3);
        config.getImageBuilder().setImage(image());
        return runtime().createContainer(sandbox, config.build(), pod);
    }

    @Test
    void aContainerIsCreatedStartedStoppedAndRemoved() {
        PodSandboxConfig pod = pod("life");
        AtomicInteger changes = new AtomicInteger();
        try (var _ = runtime().onChange(changes::incrementAndGet)) {
            String sandbox = runtime().runSandbox(pod);
            SandboxView view = runtime().sandbox(sandbox).orElseThrow();
            assertThat(view.ready()).isTrue();
            assertThat(view.ips()).hasSize(1);
            assertThat(view.attempt()).isEqualTo(2);
            String id = create(sandbox, pod);
            assertThat(runtime().container(id).orElseThrow().state()).isEqualTo(ContainerView.State.CREATED);
            runtime().startContainer(id);
            ContainerView running = runtime().container(id).orElseThrow();
            assertThat(running.running()).isTrue();
            assertThat(running.attempt()).isEqualTo(3);
            assertThat(running.podUid()).isEqualTo("life");
            assertThat(runtime().exec(id, List.of("true"), Duration.ofSeconds(5)).exitCode()).isZero();
            runtime().stopContainer(id, Duration.ofSeconds(5));
            runtime().stopContainer(id, Duration.ofSeconds(5));
            assertThat(runtime().container(id).orElseThrow().exitCode()).isEqualTo(143);
            runtime().removeContainer(id);
            runtime().removeContainer(id);
            assertThat(runtime().container(id)).isEmpty();
            runtime().removeSandbox(sandbox);
            await().until(() -> changes.get() > 0);
        }
    }

    @Test
    void stoppingASandboxEndsItsContainersAndRemovingItRemovesThem() {
        PodSandboxConfig pod = pod("stop");
        String sandbox = runtime().runSandbox(pod);
        String id = create(sandbox, pod);
        runtime().startContainer(id);
        runtime().stopSandbox(sandbox);
        runtime().stopSandbox(sandbox);
        assertThat(runtime().sandbox(sandbox).orElseThrow().ready()).isFalse();
        assertThat(runtime().container(id).orElseThrow().exited()).isTrue();
        runtime().removeSandbox(sandbox);
        runtime().removeSandbox(sandbox);
        assertThat(runtime().sandbox(sandbox)).isEmpty();
        assertThat(runtime().container(id)).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmptyOrFailsByKind() {
        assertThat(runtime().sandbox("nothing")).isEmpty();
        assertThat(runtime().container("nothing")).isEmpty();
        assertThat(runtime().image("localhost/nothing:1")).isEmpty();
        assertThat(runtime().image(image())).isPresent();
        assertThatThrownBy(() -> runtime().startContainer("nothing"))
                .isInstanceOfSatisfying(RuntimeFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.NOT_FOUND));
    }
}
