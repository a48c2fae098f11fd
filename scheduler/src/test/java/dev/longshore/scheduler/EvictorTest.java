package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.client.DeleteQuery;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preemption by the whole scheduler, on real threads against an API in memory. */
class EvictorTest {
    private final RunningScheduler scheduler = new RunningScheduler(SchedulerConfig.ALONE);

    @BeforeEach
    void start() {
        scheduler.createNode("n1", 1000);
        scheduler.start();
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private boolean gone(String name) {
        try {
            scheduler.pod(name);
            return false;
        } catch (ApiException e) {
            return e.is(Reason.NOT_FOUND);
        }
    }

    private String nominated(String name) {
        return scheduler.pod(name).getStatus().getNominatedNodeName();
    }

    private void create(String name, int priority, long graceSeconds) {
        scheduler.create(TestPods.pod(name, 1000,
                spec -> spec.setPriority(priority).setTerminationGracePeriodSeconds(graceSeconds)));
    }

    private static PodCondition condition(Pod pod, String type) {
        return pod.getStatus().getConditionsList().stream().filter(condition -> condition.getType().equals(type))
                .findFirst().orElse(PodCondition.getDefaultInstance());
    }

    @Test
    void theVictimLearnsWhyAndGoesInItsOwnTime() {
        create("victim", 0, 45);
        await().until(() -> scheduler.nodeOf("victim").equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> scheduler.pod("victim").getMetadata().hasDeletionTimestamp());
        Pod victim = scheduler.pod("victim");
        assertThat(victim.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(45);
        PodCondition why = condition(victim, "DisruptionTarget");
        assertThat(List.of(why.getStatus(), why.getReason(), why.getMessage())).containsExactly("True",
                "PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod");
        await().until(() -> nominated("urgent").equals("n1"));
        assertThat(condition(scheduler.pod("urgent"), "PodScheduled").getMessage())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        await().until(() -> scheduler.events("Preempted").findAny().isPresent());
        Event event = scheduler.events("Preempted").findFirst().orElseThrow();
        assertThat(event.getMessage()).isEqualTo("Preempted by pod " + scheduler.pod("urgent").getMetadata().getUid()
                + " on node n1");
        assertThat(List.of(event.getType(), event.getAction(), event.getInvolvedObject().getName(),
                event.getRelated().getName())).containsExactly("Normal", "Preempting", "victim", "urgent");
        scheduler.client().delete(ResourceTypes.PODS, new ObjectKey("default", "victim"),
                DeleteQuery.now(victim.getMetadata().getUid()));
        await().until(() -> scheduler.nodeOf("urgent").equals("n1"));
        assertThat(scheduler.meters().get("scheduler_preemption_victims").summary().totalAmount()).isEqualTo(1);
    }

    @Test
    void aVictimWithoutGraceMakesRoomAtOnce() {
        create("victim", 0, 0);
        await().until(() -> scheduler.nodeOf("victim").equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> gone("victim"));
        await().until(() -> scheduler.nodeOf("urgent").equals("n1"));
    }

    @Test
    void whoIsOutrankedLosesItsNomination() {
        create("victim", 0, 45);
        await().until(() -> scheduler.nodeOf("victim").equals("n1"));
        create("urgent", 100, 30);
        await().until(() -> nominated("urgent").equals("n1"));
        create("first", 200, 30);
        await().until(() -> nominated("first").equals("n1"));
        await().until(() -> nominated("urgent").isEmpty());
    }
}
