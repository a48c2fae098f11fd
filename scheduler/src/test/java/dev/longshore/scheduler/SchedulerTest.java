package dev.longshore.scheduler;

import static org.awaitility.Awaitility.await;

import dev.longshore.scheduler.plugins.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The component on real threads against an API in memory. */
class SchedulerTest {
    private final RunningScheduler scheduler = new RunningScheduler(SchedulerConfig.ALONE);

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @Test
    void bindsWhatFitsAndSaysWhyTheRestWaits() {
        scheduler.createNode("n1", 1000);
        scheduler.start();
        scheduler.create(TestPods.pod("small", 600));
        await().until(() -> scheduler.nodeOf("small").equals("n1"));
        scheduler.create(TestPods.pod("large", 600));
        await().until(() -> scheduler.pod("large").getStatus().getConditionsList().stream()
                .anyMatch(condition -> condition.getReason().equals("Unschedulable")
                        && condition.getMessage().startsWith("0/1 nodes are available: 1 Insufficient cpu.")));
        scheduler.createNode("n2", 1000);
        await().until(() -> scheduler.nodeOf("large").equals("n2"));
        await().until(() -> scheduler.attempts("scheduled", Profile.DEFAULT_NAME) == 2);
        await().until(() -> scheduler.events("FailedScheduling").findAny().isPresent());
    }
}
