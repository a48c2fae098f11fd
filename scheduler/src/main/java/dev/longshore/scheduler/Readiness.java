package dev.longshore.scheduler;

import dev.longshore.api.ResourceType;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether pods may be placed: this scheduler leads, and knows every object that matters, since each pod it did not know
 * would be room given away twice.
 *
 * <p>Informers and the election tell it from threads of their own. It passes on under its lock what follows from what
 * they told, because a "no" worked out before the last informer was ready and passed on after it would stay the last word.
 */
final class Readiness {
    private final Consumer<SchedulerEvent.LeadershipChanged> listener;
    private final Set<ResourceType<?>> unknown = new HashSet<>();
    private boolean leading;

    /** @param listener must not block */
    Readiness(boolean leading, Consumer<SchedulerEvent.LeadershipChanged> listener) {
        this.leading = leading;
        this.listener = listener;
    }

    /** Its objects are needed; to be called before any is known. */
    synchronized void await(ResourceType<?> type) {
        unknown.add(type);
    }

    synchronized void known(ResourceType<?> type) {
        unknown.remove(type);
        tell();
    }

    synchronized void leads(boolean now) {
        leading = now;
        tell();
    }

    /** Whether the cluster is known, leading or not. */
    synchronized boolean ready() {
        return unknown.isEmpty();
    }

    private void tell() {
        listener.accept(new SchedulerEvent.LeadershipChanged(leading && unknown.isEmpty()));
    }
}
