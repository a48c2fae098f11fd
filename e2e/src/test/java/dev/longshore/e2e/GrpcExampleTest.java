package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program of docs/howto/use-grpc.md, run as it says there. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class GrpcExampleTest {
    @Test
    void theExampleListsCreatesWatchesAndDeletes(TestCluster cluster) {
        Shell.Result result = cluster.shell().run(Duration.ofMinutes(2), "",
                List.of(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"),
                        "dev.longshore.examples.GrpcExample", "localhost:" + (cluster.port() + 1),
                        cluster.dataDirectory().resolve("pki").toString()));
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out()).contains("deployments: ", "created: ", "available: 2 of 2", "deleted");
        assertThat(cluster.kubectl("get", "deployments", "-o", "name").out()).doesNotContain("grpc-example");
    }
}
