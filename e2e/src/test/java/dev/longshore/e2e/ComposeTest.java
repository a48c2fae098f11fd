package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The cluster of deploy/compose with the commands of docs/howto/run-with-compose.md: two nodes, pods on both, and
 * traffic between them.
 */
@Tag("cluster")
class ComposeTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final DocumentedCommands PAGE = DocumentedCommands.of("docs/howto/run-with-compose.md");
    private static final int REPLICAS = 4;

    private record Pod(String name, String node, String address) {}

    @Test
    void podsOnTwoNodesReachEachOther() {
        installDocker();
        // Builds what is stale: the machine reaches no Maven repository.
        new Shell(Map.of()).run(LIMIT, "", List.of("./longshore", "--version")).succeeded();
        try (IsolatedMachine machine = new IsolatedMachine("docker1", Map.of("LONGSHORE_JAVA_OPTS", "-Xmx256m"))) {
            startDocker(machine);
            run(machine, PAGE.under("Start"));
            run(machine, PAGE.under("Use it"));
            List<Pod> pods = pods(machine);
            assertThat(pods).hasSize(REPLICAS).extracting(Pod::node).contains("node1", "node2");
            everyNodeReachesThePodsOfTheOther(machine, pods);
            everyNodeServesTheService(machine, pods);
            run(machine, PAGE.under("Stop"));
            assertThat(run(machine, "docker ps -aq; docker volume ls -q; docker network ls -q -f type=custom"))
                    .isEmpty();
        }
    }

    private static void everyNodeReachesThePodsOfTheOther(IsolatedMachine machine, List<Pod> pods) {
        for (Pod from : onePerNode(pods)) {
            for (Pod to : onePerNode(pods)) {
                assertThat(answer(machine, from, to.address() + ":8080")).contains("pod=" + to.name());
            }
        }
    }

    private static void everyNodeServesTheService(IsolatedMachine machine, List<Pod> pods) {
        String clusterAddress = run(machine, "kubectl get service hello -o 'jsonpath={.spec.clusterIP}'");
        for (Pod from : onePerNode(pods)) {
            for (String target : List.of(clusterAddress, "hello", "hello.default.svc.cluster.local")) {
                assertThat(answer(machine, from, target)).contains("pod=hello-");
            }
        }
        String nodes = run(machine,
                "kubectl get nodes -o 'jsonpath={.items[*].status.addresses[?(@.type==\"InternalIP\")].address}'");
        assertThat(nodes.split(" ")).hasSize(2).allSatisfy(node -> Awaitility.await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(nodesSeen(machine, node, pods)).contains("node1", "node2")));
    }

    /** The nodes whose pods answer some requests to a node's port. */
    private static List<String> nodesSeen(IsolatedMachine machine, String node, List<Pod> pods) {
        String answers = run(machine, "for i in {1..20}; do curl -fsS -m 5 http://%s:30080/cgi-bin/hello; done"
                .formatted(node));
        return pods.stream().filter(pod -> answers.contains("pod=" + pod.name())).map(Pod::node).distinct().toList();
    }

    private static String answer(IsolatedMachine machine, Pod from, String target) {
        return run(machine,
                "kubectl exec %s -- timeout 10 wget -q -O - http://%s/cgi-bin/hello".formatted(from.name(), target));
    }

    private static List<Pod> onePerNode(List<Pod> pods) {
        return Stream.of("node1", "node2")
                .map(node -> pods.stream().filter(pod -> pod.node().equals(node)).findFirst().orElseThrow()).toList();
    }

    private static List<Pod> pods(IsolatedMachine machine) {
        return run(machine, "kubectl get pods -l app=hello -o 'jsonpath={range .items[*]}{.metadata.name} "
                + "{.spec.nodeName} {.status.podIP}{\"\\n\"}{end}'").lines().map(line -> line.split(" "))
                .map(fields -> new Pod(fields[0], fields[1], fields[2])).toList();
    }

    /** Docker is no part of what Longshore needs, so the machine may lack it. */
    private static void installDocker() {
        Shell shell = new Shell(Map.of("DEBIAN_FRONTEND", "noninteractive"));
        if (shell.run("sh", "-c", "command -v dockerd && command -v docker && command -v docker-compose")
                .exitCode() != 0) {
            shell.run(LIMIT, "", List.of("sh", "-c",
                    "apt-get update -qq && apt-get install -y -qq --no-install-recommends docker.io docker-compose"))
                    .succeeded();
        }
    }

    private static void startDocker(IsolatedMachine machine) {
        machine.bash(LIMIT, "setsid dockerd >/run/dockerd.log 2>&1 </dev/null &").succeeded();
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                machine.bash(LIMIT, "docker version || { tail -n 20 /run/dockerd.log; false; }").succeeded())
                .isNotNull());
    }

    private static String run(IsolatedMachine machine, String script) {
        try {
            return machine.bash(LIMIT, script).succeeded().out();
        } catch (AssertionError e) {
            throw new AssertionError(machine.bash(LIMIT, "set +e; docker-compose ps; kubectl get nodes,pods -o wide;"
                    + " docker-compose logs --no-color --tail=30").all(), e);
        }
    }
}
