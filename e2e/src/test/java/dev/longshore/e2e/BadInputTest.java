package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong input: one clear message that names the field or the thing, and a cluster that goes on. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class BadInputTest {
    /**
     * A manifest that is wrong.
     *
     * @param named what the message must name
     */
    record Wrong(String name, String manifest, List<String> named) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Wrong> manifests() {
        String metadata = "metadata: {name: bad, namespace: default}\n";
        String deployment = "apiVersion: apps/v1\nkind: Deployment\n" + metadata;
        String template = "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
                + "      containers:\n      - {name: c, image: x}\n";
        return List.of(
                new Wrong("unknown field", deployment + "spec:\n  replicaz: 3\n" + template, List.of("spec.replicaz")),
                new Wrong("unknown field deep inside",
                        deployment + "spec:\n" + template.replace("image: x", "image: x, imagee: y"),
                        List.of("spec.template.spec.containers[0].imagee")),
                new Wrong("wrong type", deployment + "spec:\n  replicas: three\n" + template, List.of("replicas")),
                new Wrong("missing name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: default}\n",
                        List.of("name")),
                new Wrong("unknown kind", "apiVersion: apps/v1\nkind: Deploymint\n" + metadata, List.of("Deploymint")),
                new Wrong("selector that does not match",
                        deployment + "spec:\n" + template.replace("matchLabels: {a: b}", "matchLabels: {a: c}"),
                        List.of("spec.template.metadata.labels", "selector")),
                new Wrong("container without image",
                        deployment + "spec:\n" + template.replace(", image: x", ""),
                        List.of("spec.template.spec.containers[0].image")),
                new Wrong("invalid name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name}\n",
                        List.of("metadata.name", "Bad_Name")),
                new Wrong("invalid YAML", "apiVersion: v1\nkind: [ConfigMap\n", List.of("yaml")));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void aWrongManifestIsRefusedByName(Wrong wrong, TestCluster cluster) {
        Shell.Result result = cluster.kubectlWithInput(wrong.manifest(), "apply", "-f", "-");
        assertThat(result.exitCode()).as(result.all()).isEqualTo(1);
        assertThat(result.err()).contains(wrong.named());
        cluster.kubectl("get", "--raw=/readyz").succeeded();
    }

    @Test
    void aBodyOfFourMebibytesIsRefused(TestCluster cluster, @TempDir Path directory) throws IOException {
        Path manifest = Files.writeString(directory.resolve("large.json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"large\"},\"data\":{\"a\":\""
                        + "x".repeat(4 * 1024 * 1024) + "\"}}");
        Shell.Result result = cluster.kubectl("create", "-f", manifest.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("RequestEntityTooLarge", "larger than 3145728 bytes");
        cluster.kubectl("get", "--raw=/readyz").succeeded();
    }

    @Test
    void anImageThatDoesNotExistIsNamedAndHarmsNothing(TestCluster cluster) {
        cluster.kubectl("run", "noimage", "--image=images.longshore.dev/no-such-image:1").succeeded();
        Kubectl kubectl = new Kubectl("kubectl", "default", cluster.shell());
        Awaitility.await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(kubectl.run("get", "pod", "noimage").out())
                        .containsAnyOf("ErrImagePull", "ImagePullBackOff"));
        assertThat(kubectl.run("describe", "pod", "noimage").out()).contains("images.longshore.dev/no-such-image:1",
                "Failed");
    }

    @AfterEach
    void removePods(TestCluster cluster) {
        cluster.kubectl("delete", "pod", "noimage", "--ignore-not-found", "--now");
    }
}
