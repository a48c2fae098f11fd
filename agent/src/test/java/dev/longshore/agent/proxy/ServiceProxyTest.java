package dev.longshore.agent.proxy;

import static dev.longshore.agent.proxy.Given.ready;
import static dev.longshore.agent.proxy.Given.service;
import static dev.longshore.agent.proxy.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceProxyTest {
    private final SystemEnvironment environment = new SystemEnvironment();
    private final FakeApiClient client = new FakeApiClient(environment.environment().clock(),
            environment.environment().randomness());
    private final RecordingNft nft = new RecordingNft();
    private final List<Long> generations = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private ThreadLoop loop;
    private ServiceProxy proxy;
    private Informer<Service> services;
    private Informer<EndpointSlice> slices;

    /** Takes every transaction, except as many as a test lets fail. */
    private static final class RecordingNft implements Nft {
        private final List<String> scripts = new CopyOnWriteArrayList<>();
        private volatile int failures;

        @Override
        public void run(String commands) throws IOException {
            if (failures > 0) {
                failures--;
                throw new IOException("no nft");
            }
            scripts.add(commands);
        }

        @Override
        public String list(String table) {
            return "";
        }
    }

    @BeforeEach
    void start() throws Exception {
        client.create(ResourceTypes.SERVICES, service("web", "10.96.0.7"));
        services = new Informer<>(ResourceTypes.SERVICES, Query.all(), client, environment.environment());
        slices = new Informer<>(ResourceTypes.ENDPOINT_SLICES, Query.all(), client, environment.environment());
        loop = new ThreadLoop("service-proxy", 100, environment.environment().timers(),
                (name, cause) -> faults.add(name + cause));
        loop.start();
        proxy = new ServiceProxy(new ServiceProxy.Sources(services, slices), new RuleCompiler(Given.CONFIG),
                new NftApplier(nft, "longshore"), loop, environment.environment(),
                (generation, _) -> generations.add(generation));
        proxy.start();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.beginStop();
        assertThat(proxy.awaitStopped(Duration.ofSeconds(5))).isTrue();
        services.stop();
        slices.stop();
        loop.beginStop();
        loop.awaitStopped(Duration.ofSeconds(5));
        environment.close();
        assertThat(faults).isEmpty();
    }

    private void startInformers() {
        services.start();
        slices.start();
    }

    @Test
    void followsServicesAndSlicesAndReportsWhatIsApplied() {
        startInformers();
        await().until(() -> nft.scripts.size() == 1);
        assertThat(nft.scripts.getFirst()).contains("refused-ips { 10.96.0.7 . tcp . 80 : goto refuse }");

        client.create(ResourceTypes.ENDPOINT_SLICES, slice("web", ready("10.244.1.5", "n1")));
        await().until(() -> nft.scripts.size() == 2);
        assertThat(nft.scripts.get(1)).contains("dnat to 10.244.1.5:8080").doesNotContain("delete table");
        await().until(() -> generations.equals(List.of(1L, 2L)));
        assertThat(proxy.appliedGeneration()).isEqualTo(2);
    }

    @Test
    void manyChangesAreOneTransaction() {
        startInformers();
        await().until(() -> nft.scripts.size() == 1);
        client.create(ResourceTypes.ENDPOINT_SLICES, slice("web", ready("10.244.1.1", "n1")));
        for (int last = 2; last <= 200; last++) {
            client.update(ResourceTypes.ENDPOINT_SLICES, slice("web", ready("10.244.1." + last, "n1")));
        }
        await().until(() -> String.join("", nft.scripts).contains("10.244.1.200:8080"));
        assertThat(nft.scripts).hasSizeLessThan(20);
    }

    @Test
    void triesAgainAfterAFailure() {
        nft.failures = 2;
        startInformers();
        await().atMost(Duration.ofSeconds(10)).until(() -> proxy.appliedGeneration() == 1);
        assertThat(nft.scripts).hasSize(1);
    }

    @Test
    void changesNothingBeforeBothListsAreThere() {
        services.start();
        await().until(services::synced);
        client.create(ResourceTypes.SERVICES, service("other", "10.96.0.8"));
        await().during(Duration.ofMillis(200)).until(() -> nft.scripts.isEmpty());
    }
}
