package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people do with kubectl, done with stock releases of it: old, common and new.
 */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class KubectlTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: web
                    image: images.longshore.dev/hello:1.0
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /cgi-bin/hello, port: 8080}, periodSeconds: 1}
                  - name: side
                    image: images.longshore.dev/hello:1.0
                    command: [sh, -c, "echo side says hello; exec sleep 1000"]
            """;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(strings = {"1.27", "1.30", "1.32", "1.33"})
    void readsAndWritesObjects(String minor, TestCluster cluster, @TempDir Path directory) throws IOException {
        Kubectl kubectl = kubectl(minor, cluster, "objects");
        Path manifest = Files.writeString(directory.resolve("web.yaml"), DEPLOYMENT);

        assertThat(kubectl.run("version").out()).contains("Server Version");
        assertThat(kubectl.run("cluster-info").out()).contains("is running at");
        assertThat(kubectl.run("api-resources").out()).contains("deployments", "pods", "apps/v1");
        assertThat(kubectl.run("apply", "-f", manifest.toString()).out()).contains("deployment.apps/web created");
        assertThat(kubectl.run("apply", "-f", manifest.toString()).out()).contains("deployment.apps/web unchanged");
        assertThat(kubectl.run("rollout", "status", "deployment/web", "--timeout=90s").out())
                .contains("successfully rolled out");

        assertThat(kubectl.run("get", "deployments", "-o", "wide").out()).contains("CONTAINERS", "IMAGES", "2/2");
        assertThat(kubectl.run("get", "pods", "-o", "wide").out()).contains("IP", "NODE", "Running", "2/2");
        assertThat(kubectl.run("get", "deployment", "web", "-o", "yaml").out()).contains("observedGeneration",
                "kind: Deployment");
        assertThat(kubectl.run("get", "pods", "-o", "json").out()).contains("\"podIP\"", "\"containerID\"");
        assertThat(kubectl.run("get", "pods", "-l", "app=web", "-o", "name").out().lines()).hasSize(2);
        assertThat(kubectl.run("get", "pods", "-l", "app!=web", "-o", "name").out()).isEmpty();
        assertThat(kubectl.run("get", "pods", "--field-selector", "status.phase=Running", "-o", "name").out().lines())
                .hasSize(2);
        assertThat(kubectl.run("get", "all").out()).contains("deployment.apps/web", "replicaset.apps/web-", "pod/web-");
        assertThat(kubectl.run("describe", "deployment", "web").out()).contains("RollingUpdateStrategy",
                "ScalingReplicaSet");
        assertThat(kubectl.run("describe", "pods").out()).contains("Successfully assigned", "Started container");
        assertThat(kubectl.run("describe", "node").out()).contains("Allocatable", "KubeletReady");

        assertThat(kubectl.fails(1, "diff", "-f", Files.writeString(directory.resolve("diff.yaml"),
                DEPLOYMENT.replace("replicas: 2", "replicas: 3")).toString()).out()).contains("+  replicas: 3");
        assertThat(kubectl.run("edit", "deployment/web").all()).contains("Edit cancelled, no changes made");
        kubectl.run("label", "deployment/web", "tier=front");
        kubectl.run("annotate", "deployment/web", "note=hello");
        assertThat(kubectl
                .run("get", "deployment", "web", "-o", "jsonpath={.metadata.labels.tier} {.metadata.annotations.note}")
                .out()).isEqualTo("front hello");

        kubectl.run("create", "configmap", "settings", "--from-literal=a=b");
        kubectl.run("create", "secret", "generic", "hidden", "--from-literal=password=x");
        assertThat(kubectl.run("get", "configmap", "settings", "-o", "jsonpath={.data.a}").out()).isEqualTo("b");
        assertThat(kubectl.run("get", "secret", "hidden", "-o", "jsonpath={.data.password}").out()).isEqualTo("eA==");
        kubectl.run("delete", "configmap", "settings");
        assertThat(kubectl.fails(1, "get", "configmap", "settings").err()).contains("NotFound");
        kubectl.run("delete", "namespace", kubectl.namespace());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.27", "1.30", "1.32", "1.33"})
    void rollsOutAndBack(String minor, TestCluster cluster) {
        Kubectl kubectl = kubectl(minor, cluster, "rollout");
        kubectl.run("create", "deployment", "roll", "--image=images.longshore.dev/hello:1.0", "--replicas=1", "--",
                "sleep",
                "1000");
        kubectl.run("wait", "--for=condition=Available", "deployment/roll", "--timeout=60s");
        kubectl.run("scale", "deployment/roll", "--replicas=2");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=60s");
        kubectl.run("set", "image", "deployment/roll", "hello=images.longshore.dev/hello:2.0");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=60s");
        assertThat(image(kubectl)).isEqualTo("images.longshore.dev/hello:2.0");
        assertThat(kubectl.run("rollout", "history", "deployment/roll").out()).contains("REVISION").contains("1")
                .contains("2");
        kubectl.run("rollout", "undo", "deployment/roll");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=60s");
        assertThat(image(kubectl)).isEqualTo("images.longshore.dev/hello:1.0");
        kubectl.run("rollout", "restart", "deployment/roll");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=60s");
        assertThat(kubectl.run("get", "deployment", "roll", "-o",
                "jsonpath={.spec.template.metadata.annotations}").out()).contains("restartedAt");
        assertThat(kubectl.run("expose", "deployment/roll", "--port=80", "--target-port=8080").out())
                .contains("exposed");
        assertThat(kubectl.run("get", "service", "roll", "-o", "jsonpath={.spec.clusterIP}").out()).isNotEmpty();

        String pod = kubectl.run("get", "pods", "-o", "jsonpath={.items[0].metadata.name}").out();
        kubectl.run("delete", "pod", pod, "--grace-period=0", "--force");
        kubectl.run("delete", "deployment", "roll", "--cascade=foreground");
        assertThat(kubectl.run("get", "replicasets,pods", "-o", "name").out()).isEmpty();
        kubectl.run("create", "deployment", "back", "--image=images.longshore.dev/hello:1.0");
        kubectl.run("delete", "deployment", "back", "--cascade=background");
        kubectl.run("delete", "namespace", kubectl.namespace());
    }

    private static String image(Kubectl kubectl) {
        return kubectl.run("get", "deployment", "roll", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}").out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.27", "1.30", "1.32", "1.33"})
    void readsLogs(String minor, TestCluster cluster) {
        Kubectl kubectl = kubectl(minor, cluster, "logs");
        kubectl.withInput(
                """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: talks}
                        spec:
                          terminationGracePeriodSeconds: 1
                          containers:
                          - name: first
                            image: images.longshore.dev/hello:1.0
                            command: [sh, -c, "n=0; while [ $n -lt 5 ]; do n=$((n+1)); echo line $n; sleep 0.2; done; sleep 1; exit 3"]
                          - name: second
                            image: images.longshore.dev/hello:1.0
                            command: [sh, -c, "echo second here; exec sleep 1000"]
                        """,
                "apply", "-f", "-");
        kubectl.run("wait", "--for=jsonpath={.status.phase}=Running", "pod/talks", "--timeout=60s");
        assertThat(kubectl.run("logs", "talks", "-c", "second").out()).isEqualTo("second here\n");
        assertThat(kubectl.run("logs", "-f", "talks", "-c", "first").out()).contains("line 5");
        kubectl.eventually("2", "get", "pod", "talks", "-o",
                "jsonpath={.status.containerStatuses[?(@.name==\"first\")].restartCount}");
        assertThat(kubectl.run("logs", "--previous", "talks", "-c", "first").out()).contains("line 5");
        assertThat(kubectl.run("logs", "talks", "-c", "first", "--previous", "--tail=1").out()).isEqualTo("line 5\n");
        assertThat(kubectl.fails(1, "logs", "talks", "-c", "third").err()).contains("third");
        kubectl.run("delete", "pod", "talks", "--now");
        kubectl.run("delete", "namespace", kubectl.namespace());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.31", "1.32", "1.33"})
    void runsCommandsInContainers(String minor, TestCluster cluster) {
        Kubectl kubectl = kubectl(minor, cluster, "exec");
        kubectl.withInput("""
                apiVersion: v1
                kind: Pod
                metadata: {name: shell}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: sh, image: "images.longshore.dev/hello:1.0", command: [sleep, "1000"]}
                """, "apply", "-f", "-");
        kubectl.run("wait", "--for=condition=Ready", "pod/shell", "--timeout=60s");
        assertThat(kubectl.run("exec", "shell", "--", "echo", "hello").out()).isEqualTo("hello\n");
        assertThat(kubectl.fails(7, "exec", "shell", "--", "sh", "-c", "echo bad >&2; exit 7").err()).contains("bad");
        assertThat(kubectl.withInput("typed\n", "exec", "-i", "shell", "--", "cat").out()).isEqualTo("typed\n");
        // A terminal: script(1) lends one to kubectl.
        assertThat(cluster.shell().run(LIMIT, "", List.of("script", "-qec",
                String.join(" ", kubectl.program(), "-n", kubectl.namespace(), "exec", "-it", "shell", "--", "readlink",
                        "/proc/self/fd/0"),
                "/dev/null")).out()).contains("/dev/pts/");
        kubectl.run("delete", "pod", "shell", "--now");
        kubectl.run("delete", "namespace", kubectl.namespace());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.27", "1.30", "1.32", "1.33"})
    void dumpsTheCluster(String minor, TestCluster cluster, @TempDir Path directory) {
        Kubectl kubectl = kubectl(minor, cluster, "dump");
        kubectl.run("cluster-info", "dump", "--output-directory=" + directory);
        assertThat(directory.resolve("nodes.json")).content().contains("nodeInfo");
        kubectl.run("delete", "namespace", kubectl.namespace());
    }

    private static Kubectl kubectl(String minor, TestCluster cluster, String purpose) {
        Optional<Path> program = TestCluster.kubectlOf(minor);
        assumeTrue(program.isPresent(), "no kubectl " + minor + " on this machine");
        String namespace = "kubectl-" + purpose + "-" + minor.replace('.', '-');
        Kubectl kubectl = new Kubectl(program.get().toString(), namespace, cluster.shell());
        kubectl.run("create", "namespace", namespace);
        return kubectl;
    }
}
