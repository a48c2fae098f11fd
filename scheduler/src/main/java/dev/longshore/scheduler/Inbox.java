package dev.longshore.scheduler;

import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Events on their way to the owner thread. Any thread adds, the owner takes; neither ever waits. */
final class Inbox {
    /**
     * A scheduler so far behind is served better by a new list than by catching up, so more is a fault that restarts
     * it.
     */
    static final int LIMIT = 1_000_000;

    private final Queue<SchedulerEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** False when the limit is reached; then the event is lost. */
    boolean add(SchedulerEvent event) {
        if (size.incrementAndGet() > LIMIT) {
            size.decrementAndGet();
            return false;
        }
        events.add(event);
        return true;
    }

    Optional<SchedulerEvent> take() {
        Optional<SchedulerEvent> event = Optional.ofNullable(events.poll());
        event.ifPresent(_ -> size.decrementAndGet());
        return event;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }
}
