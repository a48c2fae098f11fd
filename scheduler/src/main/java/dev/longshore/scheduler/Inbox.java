package dev.longshore.scheduler;

import dev.longshore.scheduler.recording.Arrival;
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

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** False when the limit is reached; then the event is lost. */
    boolean add(Arrival arrival) {
        if (size.incrementAndGet() > LIMIT) {
            size.decrementAndGet();
            return false;
        }
        arrivals.add(arrival);
        return true;
    }

    Optional<Arrival> take() {
        Optional<Arrival> arrival = Optional.ofNullable(arrivals.poll());
        arrival.ifPresent(_ -> size.decrementAndGet());
        return arrival;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }
}
