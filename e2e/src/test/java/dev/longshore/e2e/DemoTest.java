package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demo on the running cluster, and what it does not look at itself. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class DemoTest {
    private static final Pattern RESTARTED = Pattern.compile("killed the process of \\S+: restarted after ([0-9.]+) s");
    private static final Pattern REPLACED = Pattern.compile("deleted pod \\S+: replaced after ([0-9.]+) s");

    @Test
    void theDemoShowsServingHealingRollingAndScaling(TestCluster cluster) {
        Shell.Result demo = cluster.longshore("demo");
        System.out.println(demo.out());
        assertThat(demo.exitCode()).as(demo.all()).isZero();
        assertThat(demo.out()).contains("60 of 60 requests answered by 3 pods", "the update lost 0 of",
                "scaled to 10", "scaled to 1 ", "Everything was as it should be");
        assertThat(seconds(RESTARTED, demo.out())).as("restart of a killed process").isLessThan(2.0);
        assertThat(seconds(REPLACED, demo.out())).as("replacement of a deleted pod").isLessThan(5.0);
    }

    private static double seconds(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern + " in:\n" + text).isTrue();
        return Double.parseDouble(found.group(1));
    }

    @Test
    void limitsArriveInTheCgroup(TestCluster cluster) throws IOException {
        cluster.kubectlWithInput("""
                apiVersion: v1
                kind: Pod
                metadata: {name: limited}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: sleeper
                    image: images.longshore.dev/hello:1.0
                    command: [sleep, "1000"]
                    resources: {limits: {cpu: 250m, memory: 48Mi}, requests: {cpu: 50m, memory: 32Mi}}
                """, "apply", "-f", "-").succeeded();
        try {
            cluster.kubectl("wait", "--for=condition=Ready", "pod/limited", "--timeout=60s").succeeded();
            String id = cluster
                    .kubectl("get", "pod", "limited", "-o", "jsonpath={.status.containerStatuses[0].containerID}")
                    .succeeded().out().replace("containerd://", "");
            assertThat(limit(id, "memory.limit_in_bytes", "memory.max")).isEqualTo(Long.toString(48L * 1024 * 1024));
            assertThat(limit(id, "cpu.cfs_quota_us", "cpu.max")).startsWith("25000");
        } finally {
            cluster.kubectl("delete", "pod", "limited", "--now");
        }
    }

    /** Reads a limit of the container's cgroup: by its name in version 1 or in version 2, whichever the machine has. */
    private static String limit(String containerId, String nameV1, String nameV2) throws IOException {
        try (Stream<Path> tree = Files.find(Path.of("/sys/fs/cgroup"), 12,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileName().toString().contains(containerId))) {
            for (Path directory : tree.toList()) {
                for (String name : new String[]{nameV1, nameV2}) {
                    if (Files.exists(directory.resolve(name))) {
                        return Files.readString(directory.resolve(name)).strip();
                    }
                }
            }
        }
        throw new AssertionError("no cgroup of container " + containerId + " has " + nameV1 + " or " + nameV2);
    }
}
