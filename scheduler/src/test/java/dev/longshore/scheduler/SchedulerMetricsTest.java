package dev.longshore.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.ForwardingApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.metrics.Metrics;
import dev.longshore.scheduler.recording.SimulatedLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scheduler shows to Prometheus, as text. */
class SchedulerMetricsTest {
    private static final String PROFILE = "profile=\"default-scheduler\"";

    private final SimulatedTime time = new SimulatedTime(1);
    private final FakeApiClient api = new FakeApiClient(time.environment().clock(), time.environment().randomness());
    private final RefusingApi client = new RefusingApi(api);
    private final Metrics metrics = new Metrics();
    private final Scheduler scheduler = new Scheduler(SchedulerConfig.ALONE, client,
            new SimulatedLoop(time, Duration.ofMillis(1)), time.environment(), metrics.registry(),
            (component, cause) -> {
                throw new AssertionError(component, cause);
            });

    /** Refuses bindings while it is told to. */
    private static final class RefusingApi extends ForwardingApiClient {
        private boolean refuses;

        RefusingApi(FakeApiClient api) {
            super(api);
        }

        @Override
        public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
            return refuses
                    ? placements.stream()
                            .<BindOutcome>map(
                                    _ -> new BindOutcome.Refused(ApiException.of(Reason.FORBIDDEN, "not today")))
                            .toList()
                    : super.bind(placements, term);
        }
    }

    @BeforeEach
    void start() {
        api.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
        api.create(ResourceTypes.NODES, TestPods.node("n1", 1000));
        scheduler.start();
        time.advance(Duration.ofSeconds(1));
    }

    private void create(Pod pod) {
        api.create(ResourceTypes.PODS, pod);
        time.advance(Duration.ofMillis(100));
    }

    private void shows(String... lines) {
        assertThat(metrics.scrape().lines()).contains(lines);
    }

    @Test
    void aPodThatFitsIsOneAttempt() {
        create(TestPods.pod("a", 600));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"scheduled\"} 1.0",
                "scheduler_scheduling_attempt_duration_seconds_count{" + PROFILE + ",result=\"scheduled\"} 1",
                "scheduler_scheduling_algorithm_duration_seconds_count 1",
                "scheduler_pod_scheduling_attempts_bucket{le=\"1.0\"} 1",
                "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"1\",le=\"0.01\"} 1",
                "scheduler_queue_incoming_pods_total{event=\"UnschedulablePodAdd\",queue=\"active\"} 1.0",
                "scheduler_pending_pods{queue=\"active\"} 0.0", "scheduler_cache_size{type=\"nodes\"} 1.0",
                "scheduler_cache_size{type=\"pods\"} 1.0", "scheduler_scheduler_cache_size{type=\"pods\"} 1.0",
                "scheduler_cache_size{type=\"assumed_pods\"} 0.0",
                "scheduler_preemption_attempts_total 0.0");
    }

    @Test
    void aPodThatWaitsShowsWhyAndIsTriedAgain() {
        create(TestPods.pod("a", 600));
        create(TestPods.pod("b", 600));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"unschedulable\"} 1.0",
                "scheduler_pending_pods{queue=\"unschedulable\"} 1.0",
                "scheduler_unschedulable_pods{plugin=\"NodeResourcesFit\"," + PROFILE + "} 1.0",
                "scheduler_unschedulable_pods{plugin=\"NodePorts\"," + PROFILE + "} 0.0",
                "scheduler_queue_incoming_pods_total{event=\"ScheduleAttemptFailure\",queue=\"unschedulable\"} 1.0",
                "scheduler_preemption_attempts_total 1.0", "scheduler_preemption_victims_count 0");
        api.create(ResourceTypes.NODES, TestPods.node("n2", 1000));
        time.advance(Duration.ofMillis(10));
        shows("scheduler_pending_pods{queue=\"backoff\"} 1.0",
                "scheduler_queue_incoming_pods_total{event=\"NodeAdd\",queue=\"backoff\"} 1.0");
        time.advance(Duration.ofSeconds(2));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"scheduled\"} 2.0",
                "scheduler_unschedulable_pods{plugin=\"NodeResourcesFit\"," + PROFILE + "} 0.0",
                "scheduler_queue_incoming_pods_total{event=\"BackoffComplete\",queue=\"active\"} 1.0",
                "scheduler_pod_scheduling_attempts_bucket{le=\"1.0\"} 1",
                "scheduler_pod_scheduling_attempts_bucket{le=\"2.0\"} 2",
                "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"2\",le=\"0.64\"} 0",
                "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"2\",le=\"1.28\"} 1");
    }

    @Test
    void aRefusedBindingIsAnErrorAndNothingElse() {
        client.refuses = true;
        create(TestPods.pod("a", 600));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"error\"} 1.0",
                "scheduler_schedule_attempts_total{" + PROFILE + ",result=\"scheduled\"} 0.0",
                "scheduler_scheduling_attempt_duration_seconds_count{" + PROFILE + ",result=\"error\"} 1",
                "scheduler_queue_incoming_pods_total{event=\"ScheduleAttemptFailure\",queue=\"backoff\"} 1.0",
                "scheduler_queue_incoming_pods_total{event=\"UnschedulablePodUpdate\",queue=\"backoff\"} 0.0");
        client.refuses = false;
        time.advance(Duration.ofSeconds(2));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"scheduled\"} 1.0",
                "scheduler_pod_scheduling_attempts_bucket{le=\"2.0\"} 1");
    }

    @Test
    void aGateKeepsThePodOutOfTheWait() {
        Pod gated = TestPods.pod("g", 100, spec -> spec.addSchedulingGatesBuilder().setName("wait"));
        create(gated);
        time.advance(Duration.ofSeconds(30));
        shows("scheduler_pending_pods{queue=\"gated\"} 1.0",
                "scheduler_queue_incoming_pods_total{event=\"UnschedulablePodAdd\",queue=\"gated\"} 1.0");
        Pod stored = api.get(ResourceTypes.PODS, new ObjectKey("default", "g"));
        api.update(ResourceTypes.PODS,
                stored.toBuilder().setSpec(stored.getSpec().toBuilder().clearSchedulingGates()).build());
        time.advance(Duration.ofSeconds(1));
        shows("scheduler_queue_incoming_pods_total{event=\"UnschedulablePodUpdate\",queue=\"active\"} 1.0",
                "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"1\",le=\"0.01\"} 1");
    }

    @Test
    void preemptionCountsItsVictims() {
        create(TestPods.pod("a", 300));
        create(TestPods.pod("b", 300));
        create(TestPods.pod("c", 300));
        create(TestPods.pod("urgent", 700, spec -> spec.setPriority(10)));
        shows("scheduler_preemption_attempts_total 1.0", "scheduler_preemption_victims_bucket{le=\"1.0\"} 0",
                "scheduler_preemption_victims_bucket{le=\"2.0\"} 1");
        api.list(ResourceTypes.PODS, Query.all()).items().stream()
                .filter(pod -> pod.getMetadata().hasDeletionTimestamp())
                .forEach(pod -> api.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                        DeleteQuery.now(pod.getMetadata().getUid())));
        time.advance(Duration.ofSeconds(3));
        shows("scheduler_schedule_attempts_total{" + PROFILE + ",result=\"scheduled\"} 4.0",
                "scheduler_pod_scheduling_attempts_bucket{le=\"2.0\"} 4");
    }

    @Test
    void bucketsAreThoseOfDashboards() {
        create(TestPods.pod("a", 600));
        assertThat(bounds("scheduler_scheduling_algorithm_duration_seconds_bucket{le=")).containsExactly("1.0E-5",
                "1.0E-4", "0.001", "0.002", "0.004", "0.008", "0.016", "0.032", "0.064", "0.128", "0.256", "0.512",
                "1.024", "2.048", "4.096", "8.192", "16.384", "+Inf");
        assertThat(bounds("scheduler_pod_scheduling_attempts_bucket{le=")).containsExactly("1.0", "2.0", "4.0", "8.0",
                "16.0", "+Inf");
        assertThat(bounds("scheduler_preemption_victims_bucket{le=")).containsExactly("1.0", "2.0", "4.0", "8.0",
                "16.0", "32.0", "64.0", "+Inf");
        assertThat(bounds("scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"15+\",le="))
                .hasSize(21).startsWith("0.01", "0.02").endsWith("5242.88", "+Inf");
    }

    private List<String> bounds(String series) {
        return metrics.scrape().lines().filter(line -> line.startsWith(series))
                .map(line -> line.substring(series.length() + 1, line.indexOf("\"}"))).toList();
    }
}
