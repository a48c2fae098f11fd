package dev.longshore.scheduler;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries out bindings on task threads, many in one call, and tells what became of each. While few calls are under way
 * what one turn decided leaves at once; while many are, the next ones grow.
 *
 * <p>A call that failed without saying whether it took effect is made again: binding a pod twice to one node does
 * nothing the second time but conflict, and then the pod itself says where it is. So room is not given to another pod
 * while the first may yet have it.
 */
final class Binder {
    /** How many bindings may wait, be under way or be retried. */
    static final int IN_FLIGHT_LIMIT = 4_096;
    /** How many bindings go in one call: as many as etcd writes in one transaction. */
    static final int BATCH_LIMIT = 128;
    /** How many calls may be under way, first attempts only. */
    static final int CALL_LIMIT = 4;

    private final ApiClient client;
    private final Environment environment;
    private final ProfileEvents events;
    private final Results results;
    private final Deque<Decided> waiting = new ArrayDeque<>();
    private int inFlight;
    private int calls;

    /** Where results go; called on task threads. */
    interface Results extends Consumer<SchedulerEvent> {
        /** A call has ended: {@link Binder#callEnded} is to be called by the owner thread. */
        void callEnded();
    }

    private record Decided(Intent.Bind binding, LeaderTerm term) {}

    private record Batch(List<Intent.Bind> bindings, LeaderTerm term, Retry retry) {}

    private record Unknown(Intent.Bind binding, ApiException cause) {}

    Binder(ApiClient client, Environment environment, ProfileEvents events, Results results) {
        this.client = client;
        this.environment = environment;
        this.events = events;
        this.results = results;
    }

    /** Whether one more may be under way. Owner thread only. */
    boolean hasRoom() {
        return inFlight < IN_FLIGHT_LIMIT;
    }

    /**
     * Takes a binding; it leaves with the next {@link #flush}. Owner thread only.
     *
     * @param term in which it was decided
     */
    void bind(Intent.Bind intent, LeaderTerm term) {
        inFlight++;
        waiting.add(new Decided(intent, term));
    }

    /** Starts what may start. To be called at the end of a turn. Owner thread only. */
    void flush() {
        while (calls < CALL_LIMIT && !waiting.isEmpty()) {
            Batch batch = nextBatch();
            calls++;
            environment.tasks().execute(() -> {
                try {
                    attempt(batch);
                } finally {
                    results.callEnded();
                }
            });
        }
    }

    private Batch nextBatch() {
        LeaderTerm term = waiting.element().term();
        List<Intent.Bind> bindings = new ArrayList<>();
        while (bindings.size() < BATCH_LIMIT && !waiting.isEmpty() && waiting.element().term().equals(term)) {
            bindings.add(waiting.remove().binding());
        }
        return new Batch(List.copyOf(bindings), term, Retry.first());
    }

    /** A first attempt has ended. Owner thread only. */
    void callEnded() {
        calls--;
        flush();
    }

    /** A result has arrived at the owner thread. */
    void finished() {
        inFlight--;
    }

    private void attempt(Batch batch) {
        List<BindOutcome> outcomes = client.bind(batch.bindings().stream()
                .map(intent -> new PodPlacement(intent.pod(), intent.uid(), intent.node())).toList(), batch.term());
        List<Unknown> unknown = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Intent.Bind intent = batch.bindings().get(i);
            switch (outcomes.get(i)) {
                case BindOutcome.Bound _ -> succeeded(intent);
                case BindOutcome.Refused(ApiException cause) -> refused(intent, cause, unknown);
            }
        }
        again(batch, unknown);
    }

    private void refused(Intent.Bind intent, ApiException cause, List<Unknown> unknown) {
        switch (cause.reason()) {
            case CONFLICT -> lookUp(intent, cause, unknown);
            case SERVICE_UNAVAILABLE, TIMEOUT, INTERNAL_ERROR, TOO_MANY_REQUESTS ->
                unknown.add(new Unknown(intent, cause));
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, ALREADY_EXISTS,
                    EXPIRED, REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID ->
                failed(intent, cause);
        }
    }

    /** A conflict may be with an earlier attempt of our own. */
    private void lookUp(Intent.Bind intent, ApiException cause, List<Unknown> unknown) {
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
                unknown.add(new Unknown(intent, e));
            }
        }
    }

    private void again(Batch batch, List<Unknown> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        if (batch.retry().exhausted()) {
            unknown.forEach(each -> failed(each.binding(), each.cause()));
            return;
        }
        Batch rest = new Batch(unknown.stream().map(Unknown::binding).toList(), batch.term(), batch.retry().next());
        environment.timers().after(batch.retry().delay(environment.randomness()),
                () -> environment.tasks().execute(() -> attempt(rest)));
    }

    private void succeeded(Intent.Bind intent) {
        results.accept(new SchedulerEvent.BindSucceeded(intent.uid()));
        events.of(intent).record(ProfileEvents.reference(intent), "Normal", "Scheduled", "Binding",
                "Successfully assigned " + intent.pod() + " to " + intent.node());
    }

    private void failed(Intent.Bind intent, ApiException cause) {
        results.accept(new SchedulerEvent.BindFailed(intent.uid(), "binding rejected: " + cause.getMessage()));
    }
}
