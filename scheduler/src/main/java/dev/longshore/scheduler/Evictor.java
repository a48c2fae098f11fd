package dev.longshore.scheduler;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodCondition;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.values.Times;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Makes room for pods on task threads: victims learn by a condition why they have to go and are then deleted with the
 * time that they ask for, and pods that waited for the same room lose their nomination. A victim that is gone, or on
 * its way already, is left alone.
 *
 * <p>A call that failed without saying whether it took effect is made again: deleting a pod of one uid twice does no
 * harm.
 */
final class Evictor {
    /** How many pods may be changed at the same time. */
    static final int IN_FLIGHT_LIMIT = 32;

    private final ApiClient client;
    private final Environment environment;
    private final ProfileEvents events;
    private final Consumer<SchedulerEvent> results;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private int inFlight;

    private record Job(Intent.Target target, boolean evict, Intent.Preempt cause) {}

    Evictor(ApiClient client, Environment environment, ProfileEvents events, Consumer<SchedulerEvent> results) {
        this.client = client;
        this.environment = environment;
        this.events = events;
        this.results = results;
    }

    /** Owner thread only. */
    void makeRoom(Intent.Preempt intent) {
        intent.victims().forEach(victim -> waiting.add(new Job(victim, true, intent)));
        intent.outranked().forEach(other -> waiting.add(new Job(other, false, intent)));
        start();
    }

    /** A result has arrived at the owner thread. */
    void finished() {
        inFlight--;
        start();
    }

    private void start() {
        while (inFlight < IN_FLIGHT_LIMIT && !waiting.isEmpty()) {
            Job job = waiting.remove();
            inFlight++;
            environment.tasks().execute(() -> attempt(job, Retry.first()));
        }
    }

    private void attempt(Job job, Retry retry) {
        try {
            Pod pod = client.get(ResourceTypes.PODS, job.target.pod());
            if (pod.getMetadata().getUid().equals(job.target.uid()) && !pod.getMetadata().hasDeletionTimestamp()) {
                if (job.evict) {
                    evict(job, pod);
                } else {
                    clearNomination(job, pod);
                }
            }
            ended(job, true);
        } catch (ApiException e) {
            refused(job, retry, e.reason());
        }
    }

    private void evict(Job job, Pod pod) {
        if (!PodInfo.of(pod).preempted()) {
            client.updateStatus(ResourceTypes.PODS,
                    pod.toBuilder().setStatus(withReason(pod.getStatus(), job.cause.profile())).build());
        }
        client.delete(ResourceTypes.PODS, job.target.pod(), DeleteQuery.of(job.target.uid()));
        events.of(job.cause).record(ProfileEvents.reference(job.target), ProfileEvents.reference(job.cause), "Normal",
                "Preempted", "Preempting", "Preempted by pod " + job.cause.uid() + " on node " + job.cause.node());
    }

    private void clearNomination(Job job, Pod pod) {
        if (pod.getStatus().getNominatedNodeName().equals(job.cause.node())) {
            client.updateStatus(ResourceTypes.PODS,
                    pod.toBuilder().setStatus(pod.getStatus().toBuilder().clearNominatedNodeName()).build());
        }
    }

    private void refused(Job job, Retry retry, Reason reason) {
        switch (reason) {
            case NOT_FOUND -> ended(job, true);
            case CONFLICT, SERVICE_UNAVAILABLE, TIMEOUT, INTERNAL_ERROR, TOO_MANY_REQUESTS -> again(job, retry);
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, ALREADY_EXISTS, EXPIRED,
                    REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID ->
                ended(job, false);
        }
    }

    private void again(Job job, Retry retry) {
        if (retry.exhausted()) {
            ended(job, false);
        } else {
            environment.timers().after(retry.delay(environment.randomness()),
                    () -> environment.tasks().execute(() -> attempt(job, retry.next())));
        }
    }

    private void ended(Job job, boolean done) {
        results.accept(new SchedulerEvent.EvictionEnded(job.target.uid(), done));
    }

    /** The status with condition DisruptionTarget=True (Kubernetes scheduler 1.32, preemption). */
    private PodStatus withReason(PodStatus status, String schedulerName) {
        PodCondition condition = PodCondition.newBuilder().setType(PodInfo.DISRUPTION_TARGET).setStatus("True")
                .setReason(PodInfo.PREEMPTED)
                .setMessage(schedulerName + ": preempting to accommodate a higher priority pod")
                .setLastTransitionTime(Times.time(environment.clock().now())).build();
        PodStatus.Builder changed = status.toBuilder();
        for (int i = 0; i < status.getConditionsCount(); i++) {
            if (status.getConditions(i).getType().equals(PodInfo.DISRUPTION_TARGET)) {
                return changed.setConditions(i, condition).build();
            }
        }
        return changed.addConditions(condition).build();
    }
}
