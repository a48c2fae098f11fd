package dev.longshore.apiserver.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.ObjectKey;
import dev.longshore.apiserver.ApiServerFixture;
import dev.longshore.apiserver.Kubectl;
import dev.longshore.client.grpc.Endpoints;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs and exec by stock kubectl, through the tunnel, to an agent that the test plays. */
final class PodStreamsTest {
    @TempDir
    private Path directory;
    private ApiServerFixture fixture;
    private Endpoints connection;
    private FakeAgent agent;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws Exception {
        fixture = new ApiServerFixture(directory.resolve("pki"));
        fixture.kubeconfig(directory.resolve("config"));
        kubectl = new Kubectl(directory);
        connection = fixture.endpoints(fixture.certificates.node("n1"));
        agent = new FakeAgent(connection.current(), "n1");
        await().until(() -> fixture.server.tunnels().connected("n1").isPresent());
        pod("one", "a");
        pod("two", "a", "b");
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.close();
        connection.close();
        fixture.close();
    }

    private void pod(String name, String... containers) {
        PodSpec.Builder spec = PodSpec.newBuilder().setNodeName("n1");
        for (String container : containers) {
            spec.addContainers(Container.newBuilder().setName(container).setImage("i:1"));
        }
        Pod created = fixture.admin().create(ResourceTypes.PODS, Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name)).setSpec(spec).build());
        fixture.admin().updateStatus(ResourceTypes.PODS,
                created.toBuilder().setStatus(PodStatus.newBuilder().setPhase("Running")).build());
    }

    @Test
    void logsComeWithTheirOptions() throws Exception {
        assertThat(kubectl.ok("1.32", "logs", "one")).isEqualTo("log of a tail=-1 previous=false\n");
        assertThat(kubectl.ok("1.32", "logs", "two", "-c", "b", "--tail=5", "--previous"))
                .isEqualTo("log of b tail=5 previous=true\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.31", "1.32", "1.33"})
    void execCarriesInputOutputAndExitCode(String version) throws Exception {
        assertThat(kubectl.runWithInput(version, "hello there\n", "exec", "-i", "one", "--", "cat"))
                .isEqualTo(new Kubectl.Result(0, "hello there\n"));
        Kubectl.Result failed = kubectl.run(version, "exec", "one", "--", "exit", "3");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.output()).contains("bye", "command terminated with exit code 3");
    }

    @Test
    void largeInputPassesThroughTheWindows() throws Exception {
        String large = "0123456789abcde\n".repeat(64 * 1024);
        Kubectl.Result result = kubectl.runWithInput("1.32", large, "exec", "-i", "one", "--", "cat");
        String end = result.output().substring(Math.max(0, result.output().length() - 500));
        assertThat(result.exitCode()).as(end).isZero();
        assertThat(result.output()).hasSize(large.length()).isEqualTo(large);
    }

    @Test
    void oldKubectlIsToldWhatItNeeds() throws Exception {
        assertThat(kubectl.run("1.27", "exec", "one", "--", "exit", "0").output()).contains("1.31");
    }

    @Test
    void aNodeWithoutAgentIsNamed() throws Exception {
        agent.close();
        await().until(() -> fixture.server.tunnels().connected("n1").isEmpty());
        assertThat(kubectl.run("1.32", "logs", "one").output()).contains("agent of node \"n1\" is not connected");
    }

    @Test
    void anAgentSpeaksForItsOwnNodeOnly() throws Exception {
        try (Endpoints other = fixture.endpoints(fixture.certificates.node("n2"));
                FakeAgent _ = new FakeAgent(other.current(), "n1")) {
            assertThat(fixture.admin().get(ResourceTypes.PODS, new ObjectKey("default", "one"))).isNotNull();
            assertThat(fixture.server.tunnels().connected("n2")).isEmpty();
            assertThat(kubectl.ok("1.32", "logs", "one")).contains("log of a");
        }
    }
}
