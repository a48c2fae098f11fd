package dev.longshore.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.apiserver.ApiServerFixture;
import dev.longshore.apiserver.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock kubectl against a server over a store in memory. */
final class KubectlTest {
    private static final int LIMIT_SECONDS = 30;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: hello}
            spec:
              %s
              selector: {matchLabels: {app: hello}}
              template:
                metadata: {labels: {app: hello}}
                spec: {containers: [{name: c, image: "hello:1"}]}
            """;

    @TempDir
    private Path directory;
    private ApiServerFixture fixture;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws Exception {
        fixture = new ApiServerFixture(directory.resolve("pki"));
        fixture.kubeconfig(directory.resolve("config"));
        kubectl = new Kubectl(directory);
    }

    @AfterEach
    void stop() throws InterruptedException {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.27", "1.30", "1.32", "1.33"})
    void anEverydaySessionWorks(String version) throws Exception {
        kubectl.ok(version, "create", "deployment", "web", "--image=web:1", "--replicas=2");
        assertThat(kubectl.ok(version, "get", "deployments", "-o", "wide")).contains("READY", "UP-TO-DATE", "web:1",
                "0/2");
        kubectl.ok(version, "apply", "-f", manifest("replicas: 3"));
        assertThat(kubectl.run(version, "diff", "-f", manifest("replicas: 4"))).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("-  replicas: 3", "+  replicas: 4");
        });
        assertThat(kubectl.ok(version, "apply", "-f", manifest("replicas: 4"))).contains("configured");
        assertThat(kubectl.ok(version, "apply", "-f", manifest("replicas: 4"))).contains("unchanged");
        kubectl.ok(version, "edit", "deployment", "hello");
        kubectl.ok(version, "label", "deployment", "hello", "tier=front");
        kubectl.ok(version, "scale", "deployment", "hello", "--replicas=2");
        kubectl.ok(version, "set", "image", "deployment/hello", "c=hello:2");
        assertThat(kubectl.ok(version, "get", "deploy", "-l", "tier=front", "-o", "jsonpath={.items[*].spec.replicas}"))
                .isEqualTo("2");
        assertThat(kubectl.ok(version, "explain", "deployment.spec.replicas")).contains("replicas", "integer");
        assertThat(kubectl.ok(version, "api-resources")).contains("deployments", "configmaps");
        kubectl.ok(version, "delete", "deployment", "hello", "web");
        assertThat(kubectl.run(version, "get", "deployment", "hello").output()).contains("NotFound");
        assertThat(kubectl.ok(version, "version")).contains("Server Version");
    }

    @Test
    void badManifestsNameWhatIsWrong() throws Exception {
        assertThat(kubectl.run("1.32", "apply", "-f", manifest("replicaz: 3")).output())
                .contains("strict decoding error: unknown field \"spec.replicaz\"");
        assertThat(kubectl.run("1.32", "apply", "-f", manifest("replicas: three")).output()).contains("spec.replicas");
    }

    @Test
    void watchesPrintRowsAsTheyCome() throws Exception {
        Path output = directory.resolve("watch.txt");
        kubectl.ok("1.32", "create", "configmap", "early");
        Process watch = kubectl.start("1.32", output, "get", "configmaps", "-w");
        try {
            await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> Files.readString(output).contains("early"));
            kubectl.ok("1.32", "create", "configmap", "late", "--from-literal=a=b");
            await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> Files.readString(output).contains("late"));
        } finally {
            watch.destroy();
        }
    }

    private String manifest(String line) throws IOException {
        Path file = directory.resolve("manifest.yaml");
        Files.writeString(file, DEPLOYMENT.formatted(line));
        return file.toString();
    }
}
