package dev.longshore.agent.pods;

import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.loop.LoopClosedException;
import dev.longshore.common.loop.LoopFullException;
import dev.longshore.common.time.Timers;
import java.time.Duration;

/**
 * A loop whose posters need not care for its end or its limit: results of operations must not be lost while it runs,
 * and
 * nobody waits for them when it has stopped.
 */
final class LenientLoop implements EventLoop {
    private static final System.Logger LOG = System.getLogger(LenientLoop.class.getName());
    private static final Duration RETRY = Duration.ofMillis(100);

    private final EventLoop loop;
    private final Timers timers;

    LenientLoop(EventLoop loop, Timers timers) {
        this.loop = loop;
        this.timers = timers;
    }

    @Override
    public void post(Runnable action) {
        try {
            loop.post(action);
        } catch (LoopFullException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
            Timers.Timer _ = timers.after(RETRY, () -> post(action));
        } catch (LoopClosedException e) {
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    @Override
    public Timers.Timer postAfter(Duration delay, Runnable action) {
        return timers.after(delay, () -> post(action));
    }

    @Override
    public boolean isOwner() {
        return loop.isOwner();
    }
}
