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
import dev.longshore.scheduler.config.ConfigurationText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scheduler of two profiles on real threads: who reports what it does, and who is counted for it. */
class SchedulerProfilesTest {
    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient client = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT,
            system.environment().timers(), (_, cause) -> faults.add(cause));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scheduler scheduler = new Scheduler(
            SchedulerConfig.of(ConfigurationText.read("top profiles: [{schedulerName: one}, {schedulerName: two, "
                    + "plugins: {filter: {disabled: [{name: NodeResourcesFit}]}}}]"), true),
            client, loop, system.environment(), meters, (_, cause) -> faults.add(cause));

    @AfterEach
    void stop() {
        scheduler.beginStop();
        loop.beginStop();
        system.close();
        assertThat(faults).isEmpty();
    }

    private void create(String name, String profile) {
        client.create(ResourceTypes.PODS, TestPods.pod(name, 600, spec -> spec.setSchedulerName(profile)));
    }

    private Pod stored(String name) {
        return client.get(ResourceTypes.PODS, new ObjectKey("default", name));
    }

    private boolean isReported(String reason, String pod, String profile) {
        return client.list(ResourceTypes.EVENTS, Query.all()).items().stream()
                .anyMatch(event -> event.getReason().equals(reason)
                        && event.getInvolvedObject().getName().equals(pod)
                        && event.getReportingComponent().equals(profile));
    }

    private double attempts(String result, String profile) {
        return meters.get("scheduler_schedule_attempts").tags("result", result, "profile", profile).counter().count();
    }

    @Test
    void eachProfileReportsAndCountsForItself() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
        client.create(ResourceTypes.NODES, TestPods.node("n1", 500));
        create("a", "one");
        create("b", "two");
        create("c", "three");
        loop.start();
        scheduler.start();
        await().until(() -> stored("b").getSpec().getNodeName().equals("n1"));
        await().until(() -> isReported("FailedScheduling", "a", "one"));
        await().until(() -> isReported("Scheduled", "b", "two"));
        assertThat(stored("c").getStatus().getConditionsList()).isEmpty();
        assertThat(attempts("unschedulable", "one")).isPositive();
        assertThat(attempts("scheduled", "one")).isZero();
        assertThat(attempts("scheduled", "two")).isEqualTo(1);
    }
}
