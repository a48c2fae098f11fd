package dev.longshore.client.events;

import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.EventSource;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.meta.v1.Time;
import java.time.Instant;

/** How an event and its repetition look on the wire. */
final class EventForm {
    private EventForm() {
    }

    static Event event(ObjectReference regarding, Instant at, EventSource source) {
        Time time = Time.newBuilder().setSeconds(at.getEpochSecond()).build();
        Event.Builder event = Event.newBuilder().setInvolvedObject(regarding).setFirstTimestamp(time)
                .setLastTimestamp(time).setCount(1).setSource(source).setReportingComponent(source.getComponent());
        if (!source.getHost().isEmpty()) {
            event.setReportingInstance(source.getHost());
        }
        return event.build();
    }

    /** The event, happened once more. */
    static Event repeated(Event event, Instant at) {
        return event.toBuilder().setCount(event.getCount() + 1)
                .setLastTimestamp(Time.newBuilder().setSeconds(at.getEpochSecond())).build();
    }
}
