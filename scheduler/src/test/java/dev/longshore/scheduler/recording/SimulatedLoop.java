package dev.longshore.scheduler.recording;

import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.loop.EventLoop;
import dev.longshore.common.time.Timers;
import java.time.Duration;

/** A loop in simulated time: what is posted runs when time goes on. */
public final class SimulatedLoop implements EventLoop {
    private final SimulatedTime time;
    private final Duration delay;

    /** @param delay how long an action waits before its turn */
    public SimulatedLoop(SimulatedTime time, Duration delay) {
        this.time = time;
        this.delay = delay;
    }

    @Override
    public void post(Runnable action) {
        time.after(delay, action);
    }

    @Override
    public Timers.Timer postAfter(Duration wait, Runnable action) {
        return time.after(wait, action);
    }

    @Override
    public boolean isOwner() {
        return true;
    }
}
