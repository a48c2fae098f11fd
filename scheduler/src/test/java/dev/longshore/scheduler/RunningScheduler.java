package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
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
import java.util.stream.Stream;

/** A whole scheduler on real threads against an API in memory that has the namespace {@code default}. */
final class RunningScheduler implements AutoCloseable {
    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeApiClient client = new FakeApiClient(system.environment().clock(),
            system.environment().randomness());
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final ThreadLoop loop = new ThreadLoop("scheduler", Scheduler.LOOP_QUEUE_LIMIT,
            system.environment().timers(), (_, cause) -> faults.add(cause));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scheduler scheduler;

    RunningScheduler(SchedulerConfig config) {
        scheduler = new Scheduler(config, client, loop, system.environment(), meters,
                (_, cause) -> faults.add(cause));
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
    }

    /** It finds what was created until now, and follows what comes. */
    void start() {
        loop.start();
        scheduler.start();
    }

    FakeApiClient client() {
        return client;
    }

    void createNode(String name, long cpuMillis) {
        client.create(ResourceTypes.NODES, TestPods.node(name, cpuMillis));
    }

    void create(Pod pod) {
        client.create(ResourceTypes.PODS, pod);
    }

    /** The pod as it is stored now. */
    Pod pod(String name) {
        return client.get(ResourceTypes.PODS, new ObjectKey("default", name));
    }

    /** The name of the node that the pod is bound to; "" for none. */
    String nodeOf(String pod) {
        return pod(pod).getSpec().getNodeName();
    }

    /** What was reported for a reason. */
    Stream<Event> events(String reason) {
        return client.list(ResourceTypes.EVENTS, Query.all()).items().stream()
                .filter(event -> event.getReason().equals(reason));
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** How many attempts to place pods of the profile had that result. */
    double attempts(String result, String profile) {
        return meters.get("scheduler_schedule_attempts").tags("result", result, "profile", profile).counter().count();
    }

    /** Fails if anything failed in the scheduler. */
    @Override
    public void close() {
        scheduler.beginStop();
        loop.beginStop();
        system.close();
        assertThat(faults).isEmpty();
    }
}
