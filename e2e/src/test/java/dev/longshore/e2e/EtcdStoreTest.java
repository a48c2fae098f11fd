package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same cluster over a real etcd, which {@code up} starts. */
@Tag("cluster")
@Order(2)
class EtcdStoreTest {
    @Test
    void theDemoRunsOverEtcd() {
        TestCluster cluster = new TestCluster("--store", "etcd");
        try {
            cluster.up().succeeded();
            Shell.Result demo = cluster.longshore("demo");
            assertThat(demo.exitCode()).as(demo.all()).isZero();
            assertThat(cluster.longshore("status").succeeded().out()).contains("etcd");
            cluster.longshore("down").succeeded();
            cluster.up().succeeded();
            assertThat(cluster.kubectl("get", "nodes").succeeded().out()).contains("Ready");
        } finally {
            cluster.close();
        }
    }
}
