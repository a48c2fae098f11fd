package dev.longshore.scheduler;

import dev.longshore.common.time.Clock;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.plugins.Profiles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What the scheduler tells about its attempts, under the names, labels and buckets of Kubernetes' scheduler (1.32). An
 * attempt that found a node ends, and is counted, when the pod is bound or is known not to be.
 *
 * <p>Durations by plug-in and extension point are not among them: rules look at all nodes together, and what they found
 * serves many pods, so no attempt has such a time.
 *
 * <p>Owner: the scheduler's thread. All meters exist from the start, since making one takes a lock.
 */
final class SchedulerMetrics {
    /** More attempts than this share a label (Kubernetes scheduler 1.32). */
    private static final int MOST_ATTEMPTS = 15;

    private final Clock clock;
    private final PodTimes times;
    private final LoadGauges load;
    private final Map<String, Outcomes> byProfile;
    private final Timer algorithm;
    private final DistributionSummary victims;
    private final Counter preemptions;
    private final DistributionSummary attempts;
    private final List<Timer> waits;

    private record Outcome(Timer duration, Counter attempts) {
        static Outcome of(String result, String profile, MeterRegistry meters) {
            return new Outcome(
                    Timer.builder("scheduler_scheduling_attempt_duration").tags("result", result, "profile", profile)
                            .description("How long an attempt to place a pod took, its binding included.")
                            .serviceLevelObjectives(Buckets.ATTEMPT).register(meters),
                    Counter.builder("scheduler_schedule_attempts").tags("result", result, "profile", profile)
                            .description("Attempts to place a pod by result.").register(meters));
        }

        void ended(long nanos) {
            duration.record(nanos, TimeUnit.NANOSECONDS);
            attempts.increment();
        }
    }

    private record Outcomes(Outcome scheduled, Outcome unschedulable, Outcome error, boolean preempts) {
        static Outcomes of(String profile, boolean preempts, MeterRegistry meters) {
            return new Outcomes(Outcome.of("scheduled", profile, meters), Outcome.of("unschedulable", profile, meters),
                    Outcome.of("error", profile, meters), preempts);
        }
    }

    SchedulerMetrics(Profiles profiles, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        times = new PodTimes(profiles::has);
        load = new LoadGauges(profiles, meters);
        byProfile = profiles.each(
                profile -> Outcomes.of(profile.schedulerName(), profile.plugins().preempt(), meters));
        algorithm = Timer.builder("scheduler_scheduling_algorithm_duration")
                .description("How long it took to find a node for a pod, or whom to evict for it.")
                .serviceLevelObjectives(Buckets.ATTEMPT).register(meters);
        victims = DistributionSummary.builder("scheduler_preemption_victims")
                .description("Pods evicted to make room for one pod.").serviceLevelObjectives(Buckets.VICTIMS)
                .register(meters);
        preemptions = Counter.builder("scheduler_preemption_attempts")
                .description("Times that room was sought by evicting other pods.").register(meters);
        attempts = DistributionSummary.builder("scheduler_pod_scheduling_attempts")
                .description("Attempts that a pod needed until it was bound.")
                .serviceLevelObjectives(Buckets.ATTEMPTS).register(meters);
        waits = IntStream.rangeClosed(1, MOST_ATTEMPTS).mapToObj(count -> wait(count, meters)).toList();
    }

    private static Timer wait(int count, MeterRegistry meters) {
        return Timer.builder("scheduler_pod_scheduling_sli_duration")
                .tag("attempts", count == MOST_ATTEMPTS ? MOST_ATTEMPTS + "+" : Integer.toString(count))
                .description("From when a pod could be tried until it was bound.")
                .serviceLevelObjectives(Buckets.WAIT).register(meters);
    }

    /** An event is about to be handled. */
    void happened(SchedulerEvent event) {
        if (event instanceof SchedulerEvent.BindSucceeded(var uid)) {
            times.remove(uid).ifPresent(this::bound);
        } else if (event instanceof SchedulerEvent.PodSeen || event instanceof SchedulerEvent.PodGone) {
            times.happened(event, clock.nanos());
        }
    }

    private void bound(PodTimes.Waiting pod) {
        long now = clock.nanos();
        byProfile.get(pod.profile).scheduled.ended(now - pod.attemptNanos);
        attempts.record(pod.attempts);
        waits.get(Math.clamp(pod.attempts, 1, MOST_ATTEMPTS) - 1).record(now - pod.sinceNanos, TimeUnit.NANOSECONDS);
    }

    /** A pod has been tried, from that time until now. */
    void attempted(Intent intent, long beginNanos) {
        long nanos = clock.nanos() - beginNanos;
        algorithm.record(nanos, TimeUnit.NANOSECONDS);
        times.tried(intent.uid(), beginNanos);
        switch (intent) {
            case Intent.Bind _,Intent.BindVolumes _ -> {
            }
            case Intent.MarkUnschedulable _ -> unschedulable(intent, nanos);
            case Intent.Preempt preempt -> {
                unschedulable(intent, nanos);
                victims.record(preempt.victims().size());
            }
        }
    }

    private void unschedulable(Intent intent, long nanos) {
        Outcomes outcomes = byProfile.get(intent.profile());
        outcomes.unschedulable.ended(nanos);
        if (outcomes.preempts) {
            preemptions.increment();
        }
    }

    /** @param intent to tell so of the pod */
    void bindFailed(Intent intent) {
        Outcome error = byProfile.get(intent.profile()).error;
        times.of(intent.uid()).ifPresentOrElse(pod -> error.ended(clock.nanos() - pod.attemptNanos),
                error.attempts::increment);
    }

    void load(SchedulingMachine.Load now) {
        load.set(now);
    }
}
