package dev.longshore.scheduler;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.events.EventRecorder;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.util.function.Consumer;

/**
 * Carries out bindings on task threads and tells what became of them.
 *
 * <p>A call that failed without saying whether it took effect is made again: binding a pod twice to one node does
 * nothing the second time but conflict, and then the pod itself says where it is. So room is not given to another pod
 * while the first may yet have it.
 */
final class Binder {
    /** How many bindings may be under way. */
    static final int IN_FLIGHT_LIMIT = 256;

    private final ApiClient client;
    private final Environment environment;
    private final EventRecorder events;
    private final Consumer<SchedulerEvent> results;
    private int inFlight;

    Binder(ApiClient client, Environment environment, EventRecorder events, Consumer<SchedulerEvent> results) {
        this.client = client;
        this.environment = environment;
        this.events = events;
        this.results = results;
    }

    /** Whether one more may be under way. Owner thread only. */
    boolean hasRoom() {
        return inFlight < IN_FLIGHT_LIMIT;
    }

    /** Starts a binding. Owner thread only. */
    void bind(Intent.Bind intent) {
        inFlight++;
        environment.tasks().execute(() -> attempt(intent, Retry.first()));
    }

    /** A result has arrived at the owner thread. */
    void finished() {
        inFlight--;
    }

    private void attempt(Intent.Bind intent, Retry retry) {
        try {
            client.bind(intent.pod(), intent.uid(), intent.node());
            succeeded(intent);
        } catch (ApiException e) {
            refused(intent, retry, e);
        }
    }

    private void refused(Intent.Bind intent, Retry retry, ApiException cause) {
        switch (cause.reason()) {
            case CONFLICT -> lookUp(intent, retry, cause);
            case SERVICE_UNAVAILABLE, TIMEOUT, INTERNAL_ERROR, TOO_MANY_REQUESTS -> again(intent, retry, cause);
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, ALREADY_EXISTS,
                    EXPIRED, REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID ->
                failed(intent, cause);
        }
    }

    /** A conflict may be with an earlier attempt of our own. */
    private void lookUp(Intent.Bind intent, Retry retry, ApiException cause) {
        try {
            Pod pod = client.get(ResourceTypes.PODS, intent.pod());
            if (pod.getMetadata().getUid().equals(intent.uid()) && pod.getSpec().getNodeName().equals(intent.node())) {
                succeeded(intent);
            } else {
                failed(intent, cause);
            }
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                failed(intent, cause);
            } else {
                again(intent, retry, e);
            }
        }
    }

    private void again(Intent.Bind intent, Retry retry, ApiException cause) {
        if (retry.exhausted()) {
            failed(intent, cause);
        } else {
            environment.timers().after(retry.delay(environment.randomness()),
                    () -> environment.tasks().execute(() -> attempt(intent, retry.next())));
        }
    }

    private void succeeded(Intent.Bind intent) {
        results.accept(new SchedulerEvent.BindSucceeded(intent.uid()));
        events.record(reference(intent), "Normal", "Scheduled", "Binding",
                "Successfully assigned " + intent.pod() + " to " + intent.node());
    }

    private void failed(Intent.Bind intent, ApiException cause) {
        results.accept(new SchedulerEvent.BindFailed(intent.uid(), "binding rejected: " + cause.getMessage()));
    }

    static ObjectReference reference(Intent intent) {
        return ObjectReference.newBuilder().setApiVersion("v1").setKind("Pod").setNamespace(intent.pod().namespace())
                .setName(intent.pod().name()).setUid(intent.uid()).build();
    }
}
