package dev.longshore.apiserver.cache;

import dev.longshore.common.time.Environment;
import dev.longshore.common.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads that wait until the cache has reached a revision, each for a bounded time. */
final class RevisionWaiters {
    private final Environment environment;
    private final Duration limit;
    private final List<Waiter> waiting = new ArrayList<>();

    RevisionWaiters(Environment environment, Duration limit) {
        this.environment = environment;
        this.limit = limit;
    }

    /** True when {@code revision} was reached, false when the time was over. */
    CompletableFuture<Boolean> add(long revision) {
        Waiter waiter = new Waiter(revision);
        synchronized (this) {
            waiting.add(waiter);
        }
        Timers.Timer timer = environment.timers().after(limit, () -> giveUp(waiter));
        waiter.reached.whenComplete((reached, failure) -> timer.cancel());
        return waiter.reached;
    }

    /** Lets those go on that waited for this revision or an older one, each on a task of its own. */
    void reached(long revision) {
        List<Waiter> done = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Waiter> each = waiting.iterator(); each.hasNext();) {
                Waiter waiter = each.next();
                if (waiter.revision <= revision) {
                    each.remove();
                    done.add(waiter);
                }
            }
        }
        done.forEach(waiter -> environment.tasks().execute(() -> waiter.reached.complete(true)));
    }

    private void giveUp(Waiter waiter) {
        synchronized (this) {
            waiting.remove(waiter);
        }
        environment.tasks().execute(() -> waiter.reached.complete(false));
    }

    private static final class Waiter {
        private final long revision;
        private final CompletableFuture<Boolean> reached = new CompletableFuture<>();

        Waiter(long revision) {
            this.revision = revision;
        }
    }
}
