package dev.longshore.controllers.eventttl;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.informer.Informer;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deletes an event when {@link EventTtlPlan} says that its time is over. */
public final class EventTtlReconciler implements Reconciler<ObjectKey> {
    private final Informer<Event> events;
    private final Clock clock;

    public EventTtlReconciler(Informers informers, Clock clock) {
        this.events = informers.of(ResourceTypes.EVENTS);
        this.clock = clock;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("event_ttl", 1, this, List.of(Source.self(ResourceTypes.EVENTS)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Event> event = events.get(key);
        if (event.isEmpty()) {
            return Outcome.done();
        }
        Duration left = EventTtlPlan.left(event.get(), clock.now());
        if (left.isPositive()) {
            return Outcome.after(left);
        }
        try {
            client.delete(ResourceTypes.EVENTS, key, DeleteQuery.of(event.get().getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
        return Outcome.done();
    }
}
