package dev.longshore.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Node;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands are replaced by {@code true}, so nothing on the machine changes. */
class PodNetworkWaitTest {
    @TempDir
    private Path directory;

    @Test
    void waitsForItsPodNetworkThenWritesTheConfiguration() throws Exception {
        try (SystemEnvironment environment = new SystemEnvironment()) {
            FakeApiClient client = new FakeApiClient(environment.environment().clock(),
                    environment.environment().randomness());
            client.create(ResourceTypes.NODES, RoutePlanTest.node("n1", "", "192.0.2.1"));
            Informer<Node> nodes = new Informer<>(ResourceTypes.NODES, Query.all(), client, environment.environment());
            PodNetwork network = new PodNetwork(new NetworkConfig("n1", "192.0.2.1", "br0", "", directory,
                    directory.resolve("ipam"), List.of()), nodes,
                    new Commands(List.of("true"), environment.environment().tasks()), environment.environment());
            network.start();
            nodes.start();
            assertThat(network.ready()).isNotDone();
            client.update(ResourceTypes.NODES, RoutePlanTest.node("n1", "10.244.1.0/24", "192.0.2.1"));
            assertThat(network.ready().get(10, TimeUnit.SECONDS)).isEqualTo(Cidr.parse("10.244.1.0/24"));
            assertThat(Files.readString(directory.resolve(CniConfig.FILE))).contains("\"subnet\": \"10.244.1.0/24\"");
            network.beginStop();
            assertThat(network.awaitStopped(Duration.ofSeconds(5))).isTrue();
            nodes.stop();
        }
    }
}
