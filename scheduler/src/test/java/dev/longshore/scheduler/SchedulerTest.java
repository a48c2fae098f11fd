package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The component on real threads against an API in memory. */
class SchedulerTest {
    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient client = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT,
            system.environment().timers(), (_, cause) -> faults.add(cause));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scheduler scheduler = new Scheduler(SchedulerConfig.ALONE, client, loop, system.environment(),
            meters, (_, cause) -> faults.add(cause));

    @BeforeEach
    void start() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
        loop.start();
    }

    @AfterEach
    void stop() {
        scheduler.beginStop();
        loop.beginStop();
        system.close();
        assertThat(faults).isEmpty();
    }

    private Pod stored(String name) {
        return client.get(ResourceTypes.PODS, new ObjectKey("default", name));
    }

    private void create(String name, long cpuMillis) {
        client.create(ResourceTypes.PODS, TestPods.pod(name, cpuMillis));
    }

    @Test
    void bindsWhatFitsAndSaysWhyTheRestWaits() {
        client.create(ResourceTypes.NODES, TestPods.node("n1", 1000));
        scheduler.start();
        create("small", 600);
        await().until(() -> stored("small").getSpec().getNodeName().equals("n1"));
        create("large", 600);
        await().until(() -> stored("large").getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getReason().equals("Unschedulable")
                        && condition.getMessage().startsWith("0/1 nodes are available: 1 Insufficient cpu.")));
        client.create(ResourceTypes.NODES, TestPods.node("n2", 1000));
        await().until(() -> stored("large").getSpec().getNodeName().equals("n2"));
        await().until(
                () -> meters.get("scheduler_schedule_attempts").tag("result", "scheduled").counter().count() == 2);
        await().until(() -> client.list(ResourceTypes.EVENTS, Query.all()).items().stream()
                .anyMatch(event -> event.getReason().equals("FailedScheduling")));
    }
}
