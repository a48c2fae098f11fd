package dev.longshore.scheduler;

import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What the scheduler tells about itself, under the names of Kubernetes' scheduler. */
final class SchedulerMetrics {
    private static final Duration[] BUCKETS = {Duration.ofNanos(10_000), Duration.ofNanos(100_000),
            Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1)};

    private final Map<String, Outcomes> byProfile;
    private final DistributionSummary victims;
    private volatile SchedulingQueue.Depth depth = new SchedulingQueue.Depth(0, 0, 0, 0);

    private record Outcome(Timer duration, Counter attempts) {
        static Outcome of(String result, String profile, MeterRegistry meters) {
            return new Outcome(
                    Timer.builder("scheduler_scheduling_attempt_duration").tags("result", result, "profile", profile)
                            .description("How long one attempt to place a pod took, without its binding.")
                            .serviceLevelObjectives(BUCKETS).register(meters),
                    Counter.builder("scheduler_schedule_attempts").tags("result", result, "profile", profile)
                            .description("Attempts to place a pod by result.").register(meters));
        }
    }

    private record Outcomes(Outcome scheduled, Outcome unschedulable, Outcome error) {
        static Outcomes of(String profile, MeterRegistry meters) {
            return new Outcomes(Outcome.of("scheduled", profile, meters), Outcome.of("unschedulable", profile, meters),
                    Outcome.of("error", profile, meters));
        }
    }

    /** @param profiles their names */
    SchedulerMetrics(List<String> profiles, MeterRegistry meters) {
        byProfile = profiles.stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), profile -> Outcomes.of(profile, meters)));
        victims = DistributionSummary.builder("scheduler_preemption_victims")
                .description("Pods evicted to make room for one pod.").serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                .register(meters);
        gauge(meters, "active", SchedulingQueue.Depth::active);
        gauge(meters, "backoff", SchedulingQueue.Depth::backOff);
        gauge(meters, "unschedulable", SchedulingQueue.Depth::unschedulable);
        gauge(meters, "gated", SchedulingQueue.Depth::gated);
    }

    void attempted(Intent intent, long nanos) {
        Outcomes outcomes = byProfile.get(intent.profile());
        Outcome outcome = switch (intent) {
            case Intent.Bind _,Intent.BindVolumes _ -> outcomes.scheduled;
            case Intent.MarkUnschedulable _,Intent.Preempt _ -> outcomes.unschedulable;
        };
        outcome.duration.record(nanos, TimeUnit.NANOSECONDS);
        outcome.attempts.increment();
        if (intent instanceof Intent.Preempt preempt) {
            victims.record(preempt.victims().size());
        }
    }

    /** @param intent to tell so of the pod */
    void bindFailed(Intent intent) {
        byProfile.get(intent.profile()).error.attempts.increment();
    }

    void depth(SchedulingQueue.Depth now) {
        depth = now;
    }

    private void gauge(MeterRegistry meters, String queue, ToIntFunction<SchedulingQueue.Depth> size) {
        Gauge.builder("scheduler_pending_pods", this, self -> size.applyAsInt(self.depth)).tag("queue", queue)
                .description("Pods without a node, by the queue they wait in.").register(meters);
    }
}
