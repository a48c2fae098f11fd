package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.scheduler.config.ConfigurationText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scheduler of two profiles on real threads: who reports what it does, and who is counted for it. */
class SchedulerProfilesTest {
    private final RunningScheduler scheduler = new RunningScheduler(
            SchedulerConfig.of(ConfigurationText.read("top profiles: [{schedulerName: one}, {schedulerName: two, "
                    + "plugins: {filter: {disabled: [{name: NodeResourcesFit}]}}}]"), true));

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private void create(String name, String profile) {
        scheduler.create(TestPods.pod(name, 600, spec -> spec.setSchedulerName(profile)));
    }

    private boolean isReported(String reason, String pod, String profile) {
        return scheduler.events(reason).anyMatch(event -> event.getInvolvedObject().getName().equals(pod)
                && event.getReportingComponent().equals(profile));
    }

    @Test
    void eachProfileReportsAndCountsForItself() {
        scheduler.createNode("n1", 500);
        create("a", "one");
        create("b", "two");
        create("c", "three");
        scheduler.start();
        await().until(() -> scheduler.nodeOf("b").equals("n1"));
        await().until(() -> isReported("FailedScheduling", "a", "one"));
        await().until(() -> isReported("Scheduled", "b", "two"));
        assertThat(scheduler.pod("c").getStatus().getConditionsList()).isEmpty();
        assertThat(scheduler.attempts("unschedulable", "one")).isPositive();
        assertThat(scheduler.attempts("scheduled", "one")).isZero();
        assertThat(scheduler.attempts("scheduled", "two")).isEqualTo(1);
    }
}
