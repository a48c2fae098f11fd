package dev.longshore.scheduler.recording;

import dev.longshore.scheduler.cycle.Intent;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears of each call of the {@link dev.longshore.scheduler.cycle.SchedulingMachine}, in the order in which they were
 * made: the same calls of a new machine give the same decisions. Told by the scheduler's owner thread, so no method may
 * wait or throw.
 */
public interface Recorder {
    /** Records nothing. */
    Recorder NONE = new Recorder() {
        @Override
        public void begun(long seed) {
        }

        @Override
        public void handled(Arrival arrival, Instant at, Optional<Intent> decision) {
        }

        @Override
        public void settled(Instant at, Optional<Intent> decision) {
        }

        @Override
        public void stepped(Instant at, Optional<Intent> decision) {
        }
    };

    /** Before everything else. @param seed the tie-breaker's */
    void begun(long seed);

    /** An event was handled at that time. */
    void handled(Arrival arrival, Instant at, Optional<Intent> decision);

    /** A pod that waited for volumes was looked for. */
    void settled(Instant at, Optional<Intent> decision);

    /** A pod was tried, or none was due. */
    void stepped(Instant at, Optional<Intent> decision);
}
