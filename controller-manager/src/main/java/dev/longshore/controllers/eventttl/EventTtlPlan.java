package dev.longshore.controllers.eventttl;

import dev.longshore.api.core.v1.Event;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** How long an event stays. Pure. */
final class EventTtlPlan {
    /** As the API server's {@code --event-ttl} default in Kubernetes. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private EventTtlPlan() {
    }

    /**
     * How long from now the event may stay; not positive when its time is over. It is as old as its last
     * repetition.
     */
    static Duration left(Event event, Instant now) {
        Optional<Instant> last = Stream.of(Times.instant(event.getLastTimestamp()),
                Times.instant(event.getEventTime()), Times.instant(event.getSeries().getLastObservedTime()),
                Times.instant(event.getMetadata().getCreationTimestamp()))
                .flatMap(Optional::stream).max(Instant::compareTo);
        return Duration.between(now, last.orElse(now).plus(LIFETIME));
    }
}
