package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.SystemEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preemption by the whole scheduler, on real threads against an API in memory. */
class EvictorTest {
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
        client.create(ResourceTypes.NODES, TestPods.node("n1", 1000));
        loop.start();
        scheduler.start();
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

    private boolean gone(String name) {
        try {
            stored(name);
            return false;
        } catch (ApiException e) {
            return e.is(Reason.NOT_FOUND);
        }
    }

    private void create(String name, int priority, long graceSeconds) {
        client.create(ResourceTypes.PODS, TestPods.pod(name, 1000,
                spec -> spec.setPriority(priority).setTerminationGracePeriodSeconds(graceSeconds)));
    }

    private Optional<Event> event(String reason) {
        return client.list(ResourceTypes.EVENTS, Query.all()).items().stream()
                .filter(event -> event.getReason().equals(reason)).findFirst();
    }

    private static PodCondition condition(Pod pod, String type) {
        return pod.getStatus().getConditionsList().stream().filter(condition -> condition.getType().equals(type))
                .findFirst().orElse(PodCondition.getDefaultInstance());
    }

    @Test
    void theVictimLearnsWhyAndGoesInItsOwnTime() {
        create("victim", 0, 45);
        await().until(() -> stored("victim").getSpec().getNodeName().equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> stored("victim").getMetadata().hasDeletionTimestamp());
        Pod victim = stored("victim");
        assertThat(victim.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(45);
        PodCondition why = condition(victim, "DisruptionTarget");
        assertThat(List.of(why.getStatus(), why.getReason(), why.getMessage())).containsExactly("True",
                "PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod");
        await().until(() -> stored("urgent").getStatus().getNominatedNodeName().equals("n1"));
        assertThat(condition(stored("urgent"), "PodScheduled").getMessage())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        await().until(() -> event("Preempted").isPresent());
        Event event = event("Preempted").orElseThrow();
        assertThat(event.getMessage()).isEqualTo("Preempted by pod " + stored("urgent").getMetadata().getUid()
                + " on node n1");
        assertThat(List.of(event.getType(), event.getAction(), event.getInvolvedObject().getName(),
                event.getRelated().getName())).containsExactly("Normal", "Preempting", "victim", "urgent");
        client.delete(ResourceTypes.PODS, new ObjectKey("default", "victim"),
                DeleteQuery.now(victim.getMetadata().getUid()));
        await().until(() -> stored("urgent").getSpec().getNodeName().equals("n1"));
        assertThat(meters.get("scheduler_preemption_victims").summary().totalAmount()).isEqualTo(1);
    }

    @Test
    void aVictimWithoutGraceMakesRoomAtOnce() {
        create("victim", 0, 0);
        await().until(() -> stored("victim").getSpec().getNodeName().equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> gone("victim"));
        await().until(() -> stored("urgent").getSpec().getNodeName().equals("n1"));
    }

    @Test
    void whoIsOutrankedLosesItsNomination() {
        create("victim", 0, 45);
        await().until(() -> stored("victim").getSpec().getNodeName().equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> stored("urgent").getStatus().getNominatedNodeName().equals("n1"));
        create("first", 200, 30);
        await().until(() -> stored("first").getStatus().getNominatedNodeName().equals("n1"));
        await().until(() -> stored("urgent").getStatus().getNominatedNodeName().isEmpty());
    }
}
